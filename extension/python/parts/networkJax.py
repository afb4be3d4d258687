def with_slope(f, slope):
    """An activation with kinks, and its derivative with the conventions of the lab."""
    f = jax.custom_jvp(f)
    f.defjvp(lambda x, dx: (f(*x), slope(*x) * dx[0]))
    return f


class Network:
    """f(x) = W_L phi(W_{L-1} ... phi(W_1 x)). theta is W_1 ... W_L, then b_1 ... b_L if there are biases."""

    has_predictor = False

    def __init__(self, start, layers, activation, activation_slope=None, biased=False, kinks=False):
        self.start, self.layers, self.biased, self.kinks = start, layers, biased, kinks
        self.activation = with_slope(activation, activation_slope) if kinks else activation
        self.outputs = jax.jit(lambda theta, inputs: self.forward(theta, inputs)[-1][1][:, 0])
        self.backward = jax.jit(lambda theta, inputs, c: jax.vjp(lambda t: self.outputs(t, inputs), theta)[1](c)[0])
        self.jacobian = jax.jit(self.rows)

    def forward(self, theta, x, moves=None):
        """The input a of each layer, and z = W a + b (plus a move, of which deltas are the derivatives)."""
        layers = []
        for l in range(self.layers):
            z = x @ theta[l].T
            if self.biased:
                z = z + theta[self.layers + l]
            if moves is not None:
                z = z + moves[l]
            layers.append((x, z))
            x = self.activation(z)
        return layers

    def rows(self, theta, inputs):
        """df/dtheta, [n, p]."""
        one = jax.grad(lambda t, x: self.forward(t, x[None])[-1][1][0, 0])
        rows = jax.vmap(one, in_axes=(None, 0))(theta, inputs)
        return jnp.concatenate([part.reshape(len(inputs), -1) for part in rows], axis=1)

    def deltas(self, theta, layers):
        """df/dz of each layer, [n, outputs of the layer]."""
        moves = [jnp.zeros_like(z) for _, z in layers]
        return jax.grad(lambda m: jnp.sum(self.forward(theta, layers[0][0], m)[-1][1]))(moves)
