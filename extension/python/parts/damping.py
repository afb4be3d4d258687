@dataclass
class DampingSchedule:
    """From start to end by a constant factor for each step or unit of time; then it stays."""

    start: float
    end: float
    over: float
    in_steps: bool = False

    def at(self, step, time):
        share = (step if self.in_steps else time) / self.over
        return self.end if share >= 1 else self.start * (self.end / self.start) ** share
