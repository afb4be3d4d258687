def train_fisher(problem, model, data, seed, samples, is_empirical=False):
    """F = E[J^T S J] over the training inputs; empirical: the mean of g g^T over the gradients of the examples."""

    def rows(theta):
        f = np.asarray(model.outputs(theta, data.inputs))
        sign, log_slope = log_slopes(f, data.targets)
        log_h = 2 * log_slope if is_empirical else log_curvature(f)
        top = largest(log_h)
        root = np.exp((log_h - top) / 2)
        is_null = np.isneginf(log_h)  # fitted exactly: no part in an empirical Fisher information
        with np.errstate(invalid="ignore"):
            b = np.where(is_null, 0.0, sign * np.exp(log_slope - (log_h + top) / 2))
            ratio = sign * np.exp(log_slope - log_h)
        log_unit = top - np.log(len(f))
        if model.has_predictor and data.inputs.ndim == 2 and len(f) > model.size:
            # More examples than dimensions: they are combined first.
            R, b = combined(data.inputs * root[:, None], b)
            return Rows(R @ np.asarray(model.predictor_jacobian(theta)), log_unit, b)
        J = np.asarray(model.jacobian(theta, data.inputs))
        return Rows(J * root[:, None], log_unit, b, unweighted=None if is_null.any() else (J, ratio))

    return rows


def empirical_fisher(problem, model, data, seed, samples):
    return train_fisher(problem, model, data, seed, samples, is_empirical=True)
