# Loss (f - y)^2 / 2.


def loss(f, y):
    return xp.mean((f - y) ** 2) / 2


def error(f, y):
    """The root mean square."""
    return xp.sqrt(xp.mean((f - y) ** 2))


def slope(f, y):
    """dL/df, [n], L the mean over the examples."""
    return (f - y) / y.size


def curvature(f):
    """The second derivative of the loss of an example: also the weight S in the Fisher information."""
    return xp.ones_like(f)


def scaled(f, y):
    """dL/df and L, up to a common factor."""
    return slope(f, y), loss(f, y)


def log_slopes(f, y):
    """The derivative of each example's loss, as sign and logarithm: it does not underflow."""
    return np.sign(f - y), np.log(np.abs(f - y))


def log_curvature(f):
    return np.zeros_like(f)
