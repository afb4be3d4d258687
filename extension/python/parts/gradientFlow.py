class Rodas(Integrator):
    """The linearly implicit method of order 4 for stiff gradient flows (Hairer and Wanner II, IV.7 and IV.10)."""

    order, shrink, grow = 4, 0.2, 6
    gamma = 0.25
    a = [
        [],
        [1.544],
        [0.9466785280815826, 0.2557011698983284],
        [3.314825187068521, 2.896124015972201, 0.9986419139977817],
        [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.687886036105895],
        [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.687886036105895, 1],
    ]
    c = [
        [],
        [-5.6688],
        [-2.430093356833875, -0.2063599157091915],
        [-0.1073529058151375, -9.594562251023355, -20.47028614809616],
        [7.496443313967647, -10.24680431464352, -33.99990352819905, 11.7089089320616],
        [8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054],
    ]

    def __init__(self, t, y, h, field, hessian, rtol, atol):
        super().__init__(t, y, h, rtol, atol)
        self.field, self.hessian, self.here = field, hessian, None

    def attempt(self, h):
        if self.here is None:
            self.here = self.hessian(self.y)
        system = self.here + np.eye(self.y.size) / (h * self.gamma)
        try:
            L = np.linalg.cholesky(system)
        except np.linalg.LinAlgError:  # too long a step near a saddle point
            return self.y, np.inf
        if not np.isfinite(L).all():
            return self.y, np.inf
        k = np.zeros((6, self.y.size))
        for stage in range(6):
            right = self.field(self.y + self.a[stage] @ k[:stage], self.t + h)
            right = right + np.array(self.c[stage]) / h @ k[:stage]
            k[stage] = np.linalg.solve(L.T, np.linalg.solve(L, right))
        after = self.y + self.a[5] @ k[:5] + k[5]
        return after, self.error(after, k[5])

    def accepted(self, h, before):
        self.here = None


class RoundingGrowth:
    """Follows a rounding error along the flow; near a saddle point it grows like e^{|lambda| t}.

    Once it is visible, the computed path is no longer that of the flow, and the run ends.
    """

    def __init__(self, p, hessian_product):
        self.v, self.log_size, self.product, self.steps, self.largest = np.zeros(p), -np.inf, hessian_product, 0, 0.0

    def is_visible(self, y, h):
        scale = np.linalg.norm(y)
        self.largest = max(self.largest, scale)
        self.add(np.log(EPS * scale) if scale > 0 else -np.inf)
        product = self.product(y, self.v)
        curvature = self.v @ product
        if np.isfinite(curvature):
            self.log_size -= h * curvature
            steepest = np.linalg.norm(product)
            share = min(h, 1 / steepest) if steepest > 0 else 0.0
            self.v = self.v - share * product
            self.normalize()
        with np.errstate(divide="ignore"):
            has_grown = self.log_size > np.log(1e3 * EPS * self.largest)
            return has_grown and self.log_size > np.log(1e-6 * scale)

    def add(self, log_size):
        """A new error in an irregular direction."""
        new = irregular(len(self.v), self.steps)
        self.steps += 1
        top = max(log_size, self.log_size)
        if top == -np.inf:
            return
        length = np.linalg.norm(new) or 1.0
        self.v = np.exp(self.log_size - top) * self.v + np.exp(log_size - top) / length * new
        self.log_size = top + np.log(self.normalize())

    def normalize(self):
        length = np.linalg.norm(self.v)
        if length > 0:
            self.v = self.v / length
        return length


def irregular(n, turn):
    """Numbers between -1 and 1: integers with mixed bits (the finalizer of MurmurHash3)."""
    offset = turn * 0x2545F491 & 0xFFFFFFFF
    x = np.arange(n, dtype=np.uint64) * 0x9E3779B1 & 0xFFFFFFFF ^ offset
    x = x + 0x9E3779B9 & 0xFFFFFFFF
    x = (x ^ x >> 16) * 0x85EBCA6B & 0xFFFFFFFF
    x = (x ^ x >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
    return 2 * ((x ^ x >> 16) / 2.0**32) - 1


@dataclass
class GradientFlow:
    """dtheta/dt = -dL/dtheta, with error control."""

    until: float
    rtol: float
    atol: float

    def train(self, problem, model, data, seed, steps):
        start = model.start(seed)
        y = flat(start)

        def field(x, t):
            return -flat(gradient(model, unflat(x, start), data.inputs, data.targets))

        def hessian(x):
            return hessian_of(model, unflat(x, start), data)

        def product(x, v):
            return flat(hessian_product(model, unflat(x, start), data, unflat(v, start)))

        solver, taken, rejected = DormandPrince(field, y, self.rtol, self.atol), 0, 0
        growth, chattering = RoundingGrowth(y.size, product), Chattering()
        ending = {}
        while solver.t < self.until and not ending:
            if getattr(solver, "is_stiff", False) and y.size <= 400:
                taken, rejected = solver.steps, solver.rejected
                solver = Rodas(solver.t, solver.y, solver.h, field, hessian, self.rtol, self.atol)
            before = solver.t
            if not solver.step(self.until):
                ending = {"kink" if model.kinks else "singular": solver.t}
            elif growth.is_visible(solver.y, solver.t - before):
                ending = {"imprecise": solver.t}
            elif model.kinks and chattering.is_stuck(taken + solver.steps, rejected + solver.rejected, solver.t, self.until):
                ending = {"kink": solver.t}
        return Trained(unflat(solver.y, start), taken + solver.steps, solver.t, ending)
