def hessian_product(model, theta, data, v):
    """The second derivative of the loss times v."""
    return second(model)[0](theta, data.inputs, data.targets, v)


def hessian_of(model, theta, data):
    """The second derivative of the loss, [p, p]."""
    return np.array(second(model)[1](theta, data.inputs, data.targets))


def second(model):
    """Compiled once for each model."""
    if not hasattr(model, "second"):

        def product(theta, inputs, targets, v):
            return jax.jvp(lambda t: gradient(model, t, inputs, targets), (theta,), (v,))[1]

        def matrix(theta, inputs, targets):
            def row(unit):
                return jnp.concatenate([jnp.ravel(part) for part in product(theta, inputs, targets, unit)])

            units, at = jnp.eye(sum(part.size for part in theta)), 0
            parts = []
            for part in theta:
                parts.append(units[:, at : at + part.size].reshape(-1, *part.shape))
                at += part.size
            return jax.vmap(row)(tuple(parts))

        model.second = jax.jit(product), jax.jit(matrix)
    return model.second
