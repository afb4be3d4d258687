def hessian_product(model, theta, data, v):
    """The second derivative of the loss times v."""
    f, n = model.outputs(theta, data.inputs), len(data.targets)
    change = curvature(f) * model.outputs_along(theta, data.inputs, v) / n
    return model.backward_along(theta, data.inputs, slope(f, data.targets), v, change)


def hessian_of(model, theta, data):
    """The second derivative of the loss, [p, p]."""
    p = sum(part.size for part in theta)
    if not getattr(model, "pointwise", False):
        return np.array([flat(hessian_product(model, theta, data, unflat(unit, theta))) for unit in np.eye(p)])
    # J^T S J / n, and the second derivatives of the predictor: diagonal blocks.
    f, n = model.outputs(theta, data.inputs), len(data.targets)
    J = model.jacobian(theta, data.inputs)
    H = J.T @ (J * (curvature(f) / n)[:, None])
    for i in range(len(theta)):
        v = tuple(np.ones_like(part) if k == i else np.zeros_like(part) for k, part in enumerate(theta))
        bends = model.backward_along(theta, data.inputs, slope(f, data.targets), v, np.zeros(n))
        columns = np.arange(i * model.size, (i + 1) * model.size)
        H[np.arange(p), np.tile(columns, len(theta))] += flat(bends)
    return H
