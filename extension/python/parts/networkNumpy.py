@dataclass
class Network:
    """f(x) = W_L phi(W_{L-1} ... phi(W_1 x)). theta is W_1 ... W_L, then b_1 ... b_L if there are biases."""

    start: Callable  # theta of a seed
    layers: int
    activation: Callable
    activation_slope: Callable
    activation_bend: Optional[Callable] = None  # the second derivative
    biased: bool = False
    kinks: bool = False
    has_predictor = False

    def forward(self, theta, x):
        """The input a of each layer, and z = W a + b."""
        layers = []
        for l in range(self.layers):
            z = x @ theta[l].T
            if self.biased:
                z = z + theta[self.layers + l]
            layers.append((x, z))
            x = self.activation(z)
        return layers

    def outputs(self, theta, inputs):
        return self.forward(theta, inputs)[-1][1][:, 0]

    def deltas(self, theta, layers):
        """df/dz of each layer, [n, outputs of the layer]."""
        delta = np.ones_like(layers[-1][1])
        deltas = [delta]
        for l in reversed(range(self.layers - 1)):
            delta = delta @ theta[l + 1] * self.activation_slope(layers[l][1])
            deltas.insert(0, delta)
        return deltas

    def backward(self, theta, inputs, c):
        """J^T c with J = df/dtheta on the inputs."""
        layers = self.forward(theta, inputs)
        deltas = [c[:, None] * delta for delta in self.deltas(theta, layers)]
        weights = [delta.T @ a for delta, (a, _) in zip(deltas, layers)]
        return (*weights, *(delta.sum(axis=0) for delta in deltas)) if self.biased else tuple(weights)

    def jacobian(self, theta, inputs):
        """df/dtheta, [n, p]."""
        layers = self.forward(theta, inputs)
        deltas = self.deltas(theta, layers)
        weights = [(delta[:, :, None] * a[:, None, :]).reshape(len(a), -1) for delta, (a, _) in zip(deltas, layers)]
        return np.hstack([*weights, *deltas] if self.biased else weights)
