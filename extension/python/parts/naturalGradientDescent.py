@dataclass
class NaturalGradientDescent(Steps):
    """theta <- theta - rate (F + damping I)^-1 dL/dtheta."""

    rate: float
    fisher: Callable
    damping: Union[float, "DampingSchedule"] = 0.0
    samples: int = 1000

    def begin(self, problem, model, data, seed):
        delta = NaturalGradient(self.fisher(problem, model, data, seed, self.samples))

        def step(theta, memory, taken):
            damping = damping_at(self.damping, taken, taken * self.rate)
            change = unflat(delta(theta, damping), theta)
            return tuple(p - self.rate * part for p, part in zip(theta, change)), memory

        return step
