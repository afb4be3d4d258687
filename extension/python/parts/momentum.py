@dataclass
class Momentum(Steps):
    """v <- momentum v - rate dL/dtheta, theta <- theta + v."""

    rate: float
    momentum: float

    def begin(self, problem, model, data, seed):
        @compiled
        def step(theta, velocity, taken):
            g = gradient(model, theta, data.inputs, data.targets)
            kept = [0.0] * len(theta) if velocity is None else velocity
            velocity = [self.momentum * v - self.rate * part for v, part in zip(kept, g)]
            return tuple(p + v for p, v in zip(theta, velocity)), velocity

        return step
