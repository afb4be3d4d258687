@dataclass
class Trained:
    """A run at its end. `ending` says why it ended early, if it did: {"diverged": step}, {"singular": time} ..."""

    theta: tuple
    steps: int
    time: float
    ending: dict


def is_finite(model, theta, data):
    """Whether all parameters and the loss are."""
    return all(np.isfinite(part).all() for part in theta) and np.isfinite(loss(model.outputs(theta, data.inputs), data.targets))


class Steps:
    """Trains in steps of a learning rate; a run ends at the first step after which a number is not finite."""

    def train(self, problem, model, data, seed, steps):
        # The check of each step costs more than the step: only a run that needs it is done again with checks.
        for is_checked in (False, True):
            theta, memory = model.start(seed), None
            step = self.begin(problem, model, data, seed)
            for taken in range(steps):
                if is_checked and not is_finite(model, theta, data):
                    return Trained(theta, taken, taken * self.rate, {"diverged": taken})
                theta, memory = step(theta, memory, taken)
            if is_finite(model, theta, data):
                break
        ending = {} if is_finite(model, theta, data) else {"diverged": steps}
        return Trained(theta, steps, steps * self.rate, ending)
