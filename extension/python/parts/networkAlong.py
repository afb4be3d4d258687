
    def forward_along(self, theta, layers, v):
        """The change of a and z of each layer as theta moves along v."""
        changes, dx = [], np.zeros_like(layers[0][0])
        for l, (x, z) in enumerate(layers):
            dz = dx @ theta[l].T + x @ v[l].T
            if self.biased:
                dz = dz + v[self.layers + l]
            changes.append((dx, dz))
            dx = self.activation_slope(z) * dz
        return changes

    def outputs_along(self, theta, inputs, v):
        """J v."""
        return self.forward_along(theta, self.forward(theta, inputs), v)[-1][1][:, 0]

    def backward_along(self, theta, inputs, c, v, dc):
        """The change of J^T c as theta moves along v and c along dc (Pearlmutter 1994)."""
        layers = self.forward(theta, inputs)
        changes = self.forward_along(theta, layers, v)
        delta, change = c[:, None], dc[:, None]
        weights, biases = [], []
        for l in reversed(range(self.layers)):
            (a, _), (da, _) = layers[l], changes[l]
            weights.insert(0, change.T @ a + delta.T @ da)
            biases.insert(0, change.sum(axis=0))
            if l > 0:
                z, dz = layers[l - 1][1], changes[l - 1][1]
                slope, bend = self.activation_slope(z), self.activation_bend(z) * dz
                change = (change @ theta[l] + delta @ v[l]) * slope + delta @ theta[l] * bend
                delta = delta @ theta[l] * slope
        return (*weights, *biases) if self.biased else tuple(weights)
