class LeastSquares:
    """A delta = b in the sense of least squares and least norm.

    Singular values up to max(n, p) eps of the largest count as zero, as in lstsq. A itself is factored, not A A^T,
    whose condition number is the square.
    """

    def __init__(self, A):
        self.A = A
        self.is_finite = np.isfinite(A).all()
        self.rank = self.certain = 0
        if not self.is_finite:
            return
        self.is_wide = A.shape[0] <= A.shape[1]
        self.Q, self.R = np.linalg.qr(A.T if self.is_wide else A)
        s = np.linalg.svd(self.R, compute_uv=False)
        cutoff = max(A.shape) * EPS * s[0]
        self.rank = int(np.sum(s > cutoff))
        self.certain = int(np.sum(s > 1e3 * cutoff))  # these do not depend on rounding
        self.is_full = self.rank == min(A.shape)

    def svd(self):
        U, s, Vt = np.linalg.svd(self.A, full_matrices=False)
        return U[:, : self.rank], s[: self.rank], Vt[: self.rank]

    def solve(self, b):
        """A^+ b."""
        if not self.is_finite:
            return np.full(self.A.shape[1], np.nan)
        if self.is_full and self.is_wide:
            return self.Q @ substitute(self.R.T, b)
        if self.is_full:
            return substitute(self.R[::-1, ::-1], (self.Q.T @ b)[::-1])[::-1]
        U, s, Vt = self.svd()
        return Vt.T @ (U.T @ b / s)

    def solve_damped(self, b, damping):
        """The minimizer of |A delta - b|^2 + damping |delta|^2."""
        if not self.is_finite:
            return np.full(self.A.shape[1], np.nan)
        U, s, Vt = self.svd()
        return Vt.T @ (s / (s**2 + damping) * (U.T @ b))

    def solve_normal(self, g, damping):
        """(A^T A + damping)^+ g for any g."""
        if not self.is_finite:
            return np.full(self.A.shape[1], np.nan)
        _, s, Vt = self.svd()
        along = Vt @ g
        inside = Vt.T @ (along / (s**2 + damping))
        return inside if damping == 0 else inside + (g - Vt.T @ along) / damping


def substitute(L, b):
    """L^-1 b for a lower triangle."""
    x = np.zeros(len(b))
    for i in range(len(b)):
        x[i] = (b[i] - L[i, :i] @ x[:i]) / L[i, i]
    return x
