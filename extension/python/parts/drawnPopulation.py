def drawn_population(problem, model, data, seed, samples):
    """F = E[J^T S J] over inputs that are drawn once."""
    X = problem.fisher_inputs(samples, seed)

    def rows(theta):
        log_h = log_curvature(np.asarray(model.outputs(theta, X)))
        top = largest(log_h)
        root = np.exp((log_h - top) / 2)
        log_unit = top - np.log(len(X))
        c, scale = mean_slopes(np.asarray(model.outputs(theta, data.inputs)), data.targets)
        g = np.exp(scale - log_unit) * flat(model.backward(theta, data.inputs, c))
        if model.has_predictor:
            R, _ = combined(X * root[:, None], np.zeros(len(X)))
            return Rows(R @ np.asarray(model.predictor_jacobian(theta)), log_unit, g=g)
        return Rows(np.asarray(model.jacobian(theta, X)) * root[:, None], log_unit, g=g)

    return rows
