@dataclass
class Adam(Steps):
    """Adam (Kingma and Ba 2015) with the gradient over all training examples."""

    rate: float
    beta1: float
    beta2: float
    epsilon: float

    def begin(self, problem, model, data, seed):
        @compiled
        def step(theta, memory, taken):
            g = gradient(model, theta, data.inputs, data.targets)
            zeros = [0.0] * len(theta)
            means, squares, share1, share2 = (zeros, zeros, 0.0, 0.0) if memory is None else memory
            means = [self.beta1 * m + (1 - self.beta1) * part for m, part in zip(means, g)]
            squares = [self.beta2 * v + (1 - self.beta2) * part**2 for v, part in zip(squares, g)]
            # 1 - beta^t, as the moving average of 1.
            share1 = self.beta1 * share1 + (1 - self.beta1)
            share2 = self.beta2 * share2 + (1 - self.beta2)
            changes = [m / share1 / (xp.sqrt(v / share2) + self.epsilon) for m, v in zip(means, squares)]
            theta = tuple(p - self.rate * change for p, change in zip(theta, changes))
            return theta, (means, squares, share1, share2)

        return step
