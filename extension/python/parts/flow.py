class Integrator:
    """Steps with error control (Hairer, Norsett and Wanner, Solving Ordinary Differential Equations I, II.4)."""

    def __init__(self, t, y, h, rtol, atol):
        self.t, self.y, self.h, self.rtol, self.atol = t, y, h, rtol, atol
        self.steps = self.rejected = 0

    def error(self, after, difference):
        scale = self.atol + self.rtol * np.maximum(np.abs(self.y), np.abs(after))
        error = np.sqrt(np.mean((difference / scale) ** 2))
        return error if np.isfinite(error) else np.inf

    def step(self, end):
        """One accepted step, not beyond `end`; False where it would be too short: the flow ends there."""
        while True:
            h = min(self.h, end - self.t)
            if not h > 1e-10 * max(self.t, 1e-10):
                return False
            after, error = self.attempt(h)
            factor = 0.9 * max(error, 1e-10) ** (-1 / self.order) if np.isfinite(error) else 0.25
            longer = h * min(self.grow, max(self.shrink, factor)) if np.isfinite(error) else h * factor
            if error <= 1:
                before, self.y = self.y, after
                self.t = end if h == end - self.t else self.t + h
                self.steps += 1
                self.accepted(h, before)
                if h == self.h or longer < self.h:
                    self.h = longer
                return True
            self.rejected += 1
            self.h = longer


class DormandPrince(Integrator):
    """The explicit method of order 5 with an embedded one of order 4 (Dormand and Prince 1980)."""

    order, shrink, grow = 5, 0.2, 8
    a = [
        [],
        [1 / 5],
        [3 / 40, 9 / 40],
        [44 / 45, -56 / 15, 32 / 9],
        [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
        [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
        [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
    ]
    c = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1]
    difference = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40]

    def __init__(self, field, y, rtol, atol):
        super().__init__(0.0, y, 0.0, rtol, atol)
        self.field = field
        self.k = np.zeros((7, y.size))
        self.k[0] = field(y, 0.0)
        self.h = self.first_step()
        self.is_stiff, self.stiff_steps, self.easy_steps = False, 0, 0

    def attempt(self, h):
        for stage in range(1, 7):
            point = self.y + h * (self.a[stage] @ self.k[:stage])
            if stage == 5:
                self.before_last = point
            self.k[stage] = self.field(point, self.t + self.c[stage] * h)
        return point, self.error(point, h * (self.difference @ self.k))

    def accepted(self, h, before):
        # Stiff: h times the largest eigenvalue stays at the boundary of the region of stability.
        change = np.linalg.norm(self.k[6] - self.k[5])
        distance = np.linalg.norm(self.y - self.before_last)
        if distance > 0 and h * change / distance > 3.25:
            self.easy_steps = 0
            self.stiff_steps += 1
            self.is_stiff = self.is_stiff or self.stiff_steps == 15
        else:
            self.easy_steps += 1
            if self.easy_steps == 6:
                self.stiff_steps = 0
        self.k[0] = self.k[6]

    def first_step(self):
        def size(x):
            return np.sqrt(np.mean((x / (self.atol + self.rtol * np.abs(self.y))) ** 2))

        d0, d1 = size(self.y), size(self.k[0])
        h0 = 1e-6 if d0 < 1e-5 or d1 < 1e-5 else 0.01 * d0 / d1
        d2 = size(self.field(self.y + h0 * self.k[0], h0) - self.k[0]) / h0
        largest = max(d1, d2)
        h1 = max(1e-6, 1e-3 * h0) if largest <= 1e-15 else (0.01 / largest) ** (1 / 5)
        return min(100 * h0, h1) if np.isfinite(h1) else h0


class Chattering:
    """Whether a flow slides along a kink, where every step jumps across it."""

    def __init__(self):
        self.last = 0, 0, 0.0

    def is_stuck(self, steps, rejected, t, end):
        last_steps, last_rejected, last_t = self.last
        if steps - last_steps < 2000:
            return False
        self.last = steps, rejected, t
        is_jumping = rejected - last_rejected > 0.1 * (steps - last_steps)
        return is_jumping and t - last_t < 0.02 * max(t, end - t)
