class NaturalGradient:
    """delta = (F + damping I)^-1 dL/dtheta, of least norm where F is singular.

    F = unit A^T A and dL/dtheta = unit A^T b, so that delta is the solution of a least-squares problem. A has one row
    for each example, weighted by the root of its curvature. What decays like the loss is kept as a logarithm.
    """

    def __init__(self, rows):
        self.rows = rows  # theta -> Rows
        self.rank = self.certain = 0

    def __call__(self, theta, damping):
        rows = self.rows(theta)
        relative = 0.0 if damping == 0 else damping * np.exp(-rows.log_unit)
        if rows.unweighted is not None and relative == 0 and rows.unweighted[0].shape[0] <= rows.unweighted[0].shape[1]:
            # Of full row rank: the weights cancel.
            J, ratio = rows.unweighted
            system = LeastSquares(J)
            if system.rank == len(ratio):
                self.rank, self.certain = system.rank, system.certain
                return system.solve(ratio)
        system = LeastSquares(rows.A)
        self.rank, self.certain = system.rank, system.certain
        if np.isposinf(relative):
            return np.zeros(rows.A.shape[1])
        if rows.b is None:
            return system.solve_normal(rows.g, relative)
        return system.solve(rows.b) if relative == 0 else system.solve_damped(rows.b, relative)


@dataclass
class Rows:
    """The least-squares problem: A, and either b or the gradient itself, g = A^T b."""

    A: np.ndarray
    log_unit: float
    b: Optional[np.ndarray] = None
    g: Optional[np.ndarray] = None
    unweighted: Optional[tuple] = None  # A without weights, and (dl/df) / curvature


def combined(X, b):
    """[X | b] with no more rows than columns: R and Q^T b of a QR factorization, large rows first."""
    if len(b) <= X.shape[1]:
        return X, b
    order = np.argsort(-np.abs(X).max(axis=1), kind="stable")
    Q, R = np.linalg.qr(X[order])
    return R, Q.T @ b[order]


def largest(logs):
    top = np.max(logs)
    return top if np.isfinite(top) else 0.0


def mean_slopes(f, y):
    """dL/df times e^-scale, and the scale."""
    sign, log = log_slopes(f, y)
    scale = largest(log)
    return sign * np.exp(log - scale) / len(y), scale
