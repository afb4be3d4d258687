@dataclass
class GradientDescent(Steps):
    """theta <- theta - rate dL/dtheta."""

    rate: float

    def begin(self, problem, model, data, seed):
        @compiled
        def step(theta, memory, taken):
            g = gradient(model, theta, data.inputs, data.targets)
            return tuple(p - self.rate * part for p, part in zip(theta, g)), memory

        return step
