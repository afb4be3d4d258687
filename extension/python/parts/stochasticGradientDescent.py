@dataclass
class StochasticGradientDescent(Steps):
    """theta <- theta - rate dL/dtheta, L the mean over a batch."""

    rate: float
    batch: int

    def begin(self, problem, model, data, seed):
        batch = batches(data, self.batch, seed)

        def step(theta, memory, taken):
            chosen = batch(taken)
            g = gradient(model, theta, data.inputs[chosen], data.targets[chosen])
            return tuple(p - self.rate * part for p, part in zip(theta, g)), memory

        return step
