def gradient(model, theta, inputs, targets):
    """dL/dtheta, one array for each parameter."""
    return model.backward(theta, inputs, slope(model.outputs(theta, inputs), targets))
