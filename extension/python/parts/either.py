def either(of_predictors, of_networks):
    """One Fisher information for models with a predictor, another for networks."""

    def fisher(problem, model, data, seed, samples):
        return (of_predictors if model.has_predictor else of_networks)(problem, model, data, seed, samples)

    return fisher
