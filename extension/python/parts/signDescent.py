@dataclass
class SignDescent(Steps):
    """theta <- theta - rate sign(dL/dtheta); scaling the loss keeps the signs where it underflows."""

    rate: float

    def begin(self, problem, model, data, seed):
        @compiled
        def step(theta, memory, taken):
            c, _ = scaled(model.outputs(theta, data.inputs), data.targets)
            g = model.backward(theta, data.inputs, c)
            return tuple(p - self.rate * xp.sign(part) for p, part in zip(theta, g)), memory

        return step
