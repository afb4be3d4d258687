def length(parts):
    return xp.sqrt(sum(xp.sum(part**2) for part in parts))


@dataclass
class NormalizedGradientDescent(Steps):
    """A step of -rate dL/dtheta / L, shortened to 0.1 max(1, |theta|); L is the mean over a batch, if there are any."""

    rate: float
    batch: Optional[int] = None

    def begin(self, problem, model, data, seed):
        @compiled
        def move(theta, inputs, targets):
            c, value = scaled(model.outputs(theta, inputs), targets)
            g = model.backward(theta, inputs, c)
            factor = xp.where(value > 0, -self.rate / xp.where(value > 0, value, 1.0), 0.0)
            longest, long = 0.1 * xp.maximum(1.0, length(theta)), xp.abs(factor) * length(g)
            factor = xp.where(long > longest, factor * (longest / xp.where(long > 0, long, 1.0)), factor)
            return tuple(p + factor * part for p, part in zip(theta, g))

        if self.batch is None:
            return lambda theta, memory, taken: (move(theta, data.inputs, data.targets), memory)
        batch = batches(data, self.batch, seed)

        def step(theta, memory, taken):
            chosen = batch(taken)
            return move(theta, data.inputs[chosen], data.targets[chosen]), memory

        return step
