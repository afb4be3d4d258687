"""Trains experiments of the gallery in NumPy, from the definitions alone, for comparison.

Reads {"inputs": [n, d], "targets": [n], ...} from standard input and prints {"parameterization · optimizer": w}.
"""

import json
import os
import sys

# Small matrices: threads cost more than they save.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np  # noqa: E402

np.seterr(over="ignore")

given = json.load(sys.stdin)
X = np.array(given["inputs"])
y = np.array(given["targets"])
n, d = X.shape

# Models w(p) with p the parameters stacked, and their Jacobians dw/dp [d, len(p)].
linear = (lambda p: p, lambda p: np.eye(d), np.zeros(d))


def powers(depth, scale):
    def w(p):
        return p[:d] ** depth - p[d:] ** depth

    def jacobian(p):
        slope = depth * p ** (depth - 1)
        return np.hstack([np.diag(slope[:d]), np.diag(-slope[d:])])

    return w, jacobian, np.full(2 * d, scale)


def gradient_of(p, model, relative=False):
    """dL/dp, L the mean of log(1 + exp(-y f)); relative to L, in logarithms that do not underflow."""
    w, jacobian, _ = model
    margins = y * (X @ w(p))
    logs = -np.logaddexp(0, margins)
    if relative:
        losses = np.where(margins > 30, -margins, np.log(np.logaddexp(0, -np.minimum(margins, 30))))
        logs = logs - np.logaddexp.reduce(losses)
    else:
        logs = logs - np.log(n)
    return jacobian(p).T @ (X.T @ (-y * np.exp(logs)))


def natural(p, model):
    """-F^+ dL/dp with F = mean of J^T S J over the training inputs, by least squares in sqrt(S) J."""
    w, jacobian, _ = model
    f = X @ w(p)
    margins = y * f
    if n <= d:
        # J has full row rank: the weights S cancel, and the step is J^T (J J^T)^-1 r.
        J = X @ jacobian(p)
        return J.T @ np.linalg.solve(J @ J.T, y * (1 + np.exp(-margins)))
    # sigma(f) sigma(-f), and (dl/df) / sqrt(S), in forms that do not underflow.
    root = np.exp(-0.5 * (np.logaddexp(0, f) + np.logaddexp(0, -f)))
    right = y * np.exp(-np.logaddexp(0, margins)) / root
    top = root.max()
    return np.linalg.lstsq((root / top)[:, None] * (X @ jacobian(p)), right / top, rcond=None)[0]


def steps(model, count, step):
    p = model[2].copy()
    for i in range(count):
        p = p + step(p, model, i)
    return model[0](p)


def gd(rate, normalized=False):
    def step(p, model, _):
        change = -rate * gradient_of(p, model, relative=normalized)
        if not normalized:
            return change
        longest = 0.1 * max(1, np.linalg.norm(p))
        return change * min(1, longest / np.linalg.norm(change))

    return step


def ngd(rate):
    return lambda p, model, _: rate * natural(p, model)


def sign_descent(rate):
    return lambda p, model, _: -rate * np.sign(gradient_of(p, model))


def adam(rate, beta1, beta2, epsilon):
    m = v = 0.0

    def step(p, model, i):
        nonlocal m, v
        gradient = gradient_of(p, model)
        m = beta1 * m + (1 - beta1) * gradient
        v = beta2 * v + (1 - beta2) * gradient**2
        return -rate * (m / (1 - beta1 ** (i + 1))) / (np.sqrt(v / (1 - beta2 ** (i + 1))) + epsilon)

    return step


def flow(model, until, count):
    """The natural gradient flow, by the classical Runge-Kutta method with steps of equal length."""
    h = until / count
    p = model[2].copy()
    for _ in range(count):
        a = natural(p, model)
        b = natural(p + h / 2 * a, model)
        c = natural(p + h / 2 * b, model)
        e = natural(p + h * c, model)
        p = p + h / 6 * (a + 2 * b + 2 * c + e)
    return model[0](p)


def least_entropy(scale):
    """w = 2 scale^2 sinh(X^T nu) with X w = y: what gradient flow on u^2 - v^2 fits, by Newton's method on the dual."""
    nu = np.zeros(n)

    def dual(nu):
        # Steps that are too long overflow, and are halved.
        return 2 * scale**2 * np.cosh(X.T @ nu).sum() - y @ nu

    for _ in range(200):
        z = X.T @ nu
        residual = X @ (2 * scale**2 * np.sinh(z)) - y
        direction = np.linalg.solve((X * (2 * scale**2 * np.cosh(z))) @ X.T, -residual)
        length = 1.0
        while dual(nu + length * direction) > dual(nu) + 1e-4 * length * (residual @ direction) and length > 1e-10:
            length /= 2
        nu = nu + length * direction
        if np.abs(residual).max() < 1e-13:
            break
    return 2 * scale**2 * np.sinh(X.T @ nu)


def sparse_classifier():
    models = {"w = θ": linear, "w = u² - v²": powers(2, 0.1), "w = u³ - v³": powers(3, 0.3)}
    return {
        f"{name} · {optimizer}": steps(model, 1000, step)
        for name, model in models.items()
        for optimizer, step in {"GD": gd(0.2), "NGD": ngd(0.01)}.items()
    }


def geometry_of_steps():
    optimizers = {
        "GD": gd(0.03, normalized=True),
        "sign descent": sign_descent(0.003),
        "Adam": adam(0.003, 0.9, 0.99, 1e-30),
        "NGD": ngd(0.01),
    }
    return {f"w = θ · {name}": steps(linear, 4000, step) for name, step in optimizers.items()}


def equal_margins():
    models = {"w = θ": linear, "w = u² - v²": powers(2, 0.1), "w = u³ - v³": powers(3, 0.3)}
    return {f"{name} · NGF": flow(model, 10, 2000) for name, model in models.items()}


def kernel_and_rich():
    return {
        "w = θ · GF": np.linalg.pinv(X) @ y,
        "w = θ · NGF (population)": np.linalg.pinv(X) @ y,
        "w = u² - v² · GF": least_entropy(given["scale"]),
        "w = u² - v² · NGF (train)": least_entropy(given["scale"]),
        "w = u² - v² · NGF (population)": np.linalg.pinv(X) @ y,
    }


print(json.dumps({cell: list(w) for cell, w in globals()[sys.argv[1]]().items()}))
