def scalar_population(value):
    """F = value J^T J with J = dw/dtheta: the input distribution has a multiple of the identity as its second moment."""

    def fisher(problem, model, data, seed, samples):
        def rows(theta):
            g, scale = predictor_slope(model, data, theta)
            return Rows(np.asarray(model.predictor_jacobian(theta)), np.log(value), b=g * np.exp(scale) / value)

        return rows

    return fisher
