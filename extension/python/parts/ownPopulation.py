def own_population(problem, model, data, seed, samples):
    """F = E[J^T S J] over the training and test inputs together."""
    X = data.inputs if data.test_inputs is None else np.vstack([data.inputs, data.test_inputs])
    n = len(data.targets)

    def rows(theta):
        log_h = log_curvature(np.asarray(model.outputs(theta, X)))
        top = largest(log_h)
        root = np.exp((log_h - top) / 2)
        sign, log_slope = log_slopes(np.asarray(model.outputs(theta, data.inputs)), data.targets)
        share = len(X) / n
        b, ratio = np.zeros(len(X)), np.zeros(len(X))
        b[:n] = share * sign * np.exp(log_slope - (log_h[:n] + top) / 2)
        ratio[:n] = share * sign * np.exp(log_slope - log_h[:n])
        log_unit = top - np.log(len(X))
        if model.has_predictor and len(X) > model.size:
            R, b = combined(X * root[:, None], b)
            return Rows(R @ np.asarray(model.predictor_jacobian(theta)), log_unit, b)
        J = np.asarray(model.jacobian(theta, X))
        return Rows(J * root[:, None], log_unit, b, unweighted=(J, ratio))

    return rows
