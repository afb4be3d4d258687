def outputs_of(w, inputs):
    """X w for rows of inputs, or entries of the matrix w."""
    return jnp.ravel(w)[inputs] if inputs.ndim == 1 else inputs @ jnp.ravel(w)


class Parameterization:
    """The predictor w as a function of parameters, theta: a tuple of arrays. JAX differentiates it.

    Where w has kinks or singular derivatives, `pullback` is (dw/dtheta)^T g with the conventions of the lab: slope 0 of
    |x| and of max(0, x) at 0, equal shares where a maximum is attained twice, 0 times infinity is 0.
    """

    has_predictor = True

    def __init__(self, start, shape, predictor, pullback=None, layers=(), kinks=False):
        self.start, self.shape, self.layers, self.kinks = start, shape, layers, kinks
        self.size = int(np.prod(shape))
        self.predictor = jax.jit(predictor)
        pull = pullback or (lambda *arguments: jax.vjp(predictor, *arguments[:-1])[1](arguments[-1]))

        def outputs(theta, inputs):
            return outputs_of(predictor(*theta), inputs)

        def backward(theta, inputs, c):
            """J^T c with J = df/dtheta on the inputs."""
            g = inputs.T @ c if inputs.ndim == 2 else jnp.zeros(self.size).at[inputs].set(c)
            return pull(*theta, g.reshape(shape))

        def predictor_jacobian(theta):
            """dw/dtheta, [d, p]."""
            units = jnp.eye(self.size).reshape(-1, *shape)
            rows = jax.vmap(lambda unit: pull(*theta, unit))(units)
            return jnp.concatenate([part.reshape(self.size, -1) for part in rows], axis=1)

        def jacobian(theta, inputs):
            """df/dtheta, [n, p]."""
            J = predictor_jacobian(theta)
            return J[inputs] if inputs.ndim == 1 else inputs @ J

        self.outputs, self.backward = jax.jit(outputs), jax.jit(backward)
        self.predictor_jacobian, self.jacobian = jax.jit(predictor_jacobian), jax.jit(jacobian)
