def outputs_of(w, inputs):
    """X w for rows of inputs, or entries of the matrix w."""
    return np.ravel(w)[inputs] if inputs.ndim == 1 else inputs @ np.ravel(w)


def adjoint(inputs, c, size):
    """X^T c: the derivative of c . outputs with respect to the predictor."""
    if inputs.ndim == 2:
        return inputs.T @ c
    g = np.zeros(size)
    g[inputs] = c
    return g


@dataclass
class Parameterization:
    """The predictor w as a function of parameters, theta, with its derivative. theta is a tuple of arrays."""

    start: Callable  # theta of a seed
    shape: tuple  # of w
    predictor: Callable
    pullback: Callable  # (dw/dtheta)^T g for a g of the shape of w, one array for each parameter
    pushforward: Optional[Callable] = None  # dw/dtheta v
    pullback_along: Optional[Callable] = None  # the change of the pullback as theta moves along v, and g along dg
    pointwise: bool = False  # each entry of w depends on its own entry of each parameter
    layers: tuple = ()  # the positions of W_1 ... W_L in theta, if w is their product
    kinks: bool = False
    has_predictor = True

    @property
    def size(self):
        return int(np.prod(self.shape))

    def outputs(self, theta, inputs):
        return outputs_of(self.predictor(*theta), inputs)

    def backward(self, theta, inputs, c):
        """J^T c with J = df/dtheta on the inputs."""
        return self.pullback(*theta, adjoint(inputs, c, self.size).reshape(self.shape))

    def predictor_rows(self, theta, entries):
        """Rows of dw/dtheta, [entries, p]."""
        if self.pointwise:
            slopes = self.pullback(*theta, np.ones(self.shape))
            return np.hstack([np.diag(np.ravel(slope))[entries] for slope in slopes])
        unit = np.zeros(self.size)
        rows = []
        for entry in entries:
            unit[entry] = 1.0
            rows.append(flat(self.pullback(*theta, unit.reshape(self.shape))))
            unit[entry] = 0.0
        return np.array(rows)

    def predictor_jacobian(self, theta):
        return self.predictor_rows(theta, np.arange(self.size))

    def jacobian(self, theta, inputs):
        """df/dtheta, [n, p]."""
        if inputs.ndim == 1:
            return self.predictor_rows(theta, inputs)
        if self.pointwise:
            slopes = self.pullback(*theta, np.ones(self.shape))
            return np.hstack([inputs * np.ravel(slope) for slope in slopes])
        return inputs @ self.predictor_jacobian(theta)
