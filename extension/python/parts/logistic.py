# Labels y = +-1, loss log(1 + e^-m) with the margin m = y f.


def loss(f, y):
    return xp.mean(xp.logaddexp(0.0, -y * f))


def error(f, y):
    """The share of examples on the wrong side."""
    return xp.mean(xp.where(y * f > 0, 0.0, 1.0))


def slope(f, y):
    """dL/df, [n], L the mean over the examples."""
    return -y * sigmoid(-y * f) / y.size


def curvature(f):
    """The second derivative of the loss of an example: also the weight S in the Fisher information."""
    return sigmoid(f) * sigmoid(-f)


def scaled(f, y):
    """dL/df and L, both times e^s with s = max(0, least margin): their ratio outlives the underflow of L."""
    m = y * f
    shift = xp.maximum(0.0, xp.min(m))
    decay = xp.exp(shift - m)
    value = xp.where(m > 37, decay, xp.exp(shift) * xp.logaddexp(0.0, -m))
    weight = xp.where(m > 0, decay / (1 + xp.exp(-xp.abs(m))), sigmoid(-m))
    return -y * weight / y.size, xp.mean(value)


def log_slopes(f, y):
    """The derivative of each example's loss, as sign and logarithm: it does not underflow."""
    return -y, -np.logaddexp(0.0, y * f)


def log_curvature(f):
    return -np.abs(f) - 2 * np.log1p(np.exp(-np.abs(f)))
