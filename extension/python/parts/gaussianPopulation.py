def gaussian_moments(r):
    """E[S(r z)] and E[S(r z) z^2] for z ~ N(0, 1)."""
    if r > 1:
        step = 0.1
        z = np.arange(-45, 45 + step / 2, step) / r
        step = step / r
    else:
        step = 0.05
        z = np.arange(-10, 10 + step / 2, step)
    weight = step * np.exp(-z * z / 2) / np.sqrt(2 * np.pi) * np.exp(log_curvature(r * z))
    return weight.sum(), (weight * z * z).sum()


def gaussian_population(problem, model, data, seed, samples):
    """F = J^T H J with J = dw/dtheta and H = E[S x x^T] of x ~ N(0, I): a across w, b along it."""

    def rows(theta):
        w = np.ravel(model.predictor(*theta))
        r = np.linalg.norm(w)
        a, b = gaussian_moments(r)
        unit = max(a, b)
        across, along = np.sqrt(a / unit), np.sqrt(b / unit)
        u = w / r if r > 0 else np.zeros_like(w)
        root = across * np.eye(len(w)) + (along - across) * np.outer(u, u)
        g, scale = predictor_slope(model, data, theta)
        b = np.exp(scale) / unit * (g / across + (1 / along - 1 / across) * (u @ g) * u)
        return Rows(root @ np.asarray(model.predictor_jacobian(theta)), np.log(unit), b)

    return rows
