def predictor_slope(model, data, theta):
    """dL/dw times e^-scale, and the scale."""
    c, scale = mean_slopes(np.asarray(model.outputs(theta, data.inputs)), data.targets)
    if data.inputs.ndim == 2:
        return data.inputs.T @ c, scale
    g = np.zeros(model.size)
    g[data.inputs] = c
    return g, scale
