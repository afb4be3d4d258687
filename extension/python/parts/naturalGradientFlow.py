@dataclass
class NaturalGradientFlow:
    """dtheta/dt = -(F + damping I)^-1 dL/dtheta, with error control; it ends where F loses rank."""

    until: float
    rtol: float
    atol: float
    fisher: Callable
    damping: Union[float, "DampingSchedule"] = 0.0
    samples: int = 1000

    def train(self, problem, model, data, seed, steps):
        start = model.start(seed)
        delta = NaturalGradient(self.fisher(problem, model, data, seed, self.samples))
        certain = 0

        def field(x, t):
            change = delta(unflat(x, start), damping_at(self.damping, 0, t))
            # Of lower rank than at the start of the step: the step would jump across a singular point.
            return np.full_like(x, np.nan) if delta.rank < certain else -change

        solver, chattering, ending = DormandPrince(field, flat(start), self.rtol, self.atol), Chattering(), {}
        while solver.t < self.until and not ending:
            if not solver.step(self.until):
                ending = {"kink" if model.kinks else "singular": solver.t}
            elif model.kinks and chattering.is_stuck(solver.steps, solver.rejected, solver.t, self.until):
                ending = {"kink": solver.t}
            certain = delta.certain
        return Trained(unflat(solver.y, start), solver.steps, solver.t, ending)
