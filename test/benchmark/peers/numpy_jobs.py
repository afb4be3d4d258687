"""The jobs in NumPy, as a researcher would write them who knows the structure of each."""
import numpy as np

from data import completion, gaussian, regression, separable


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def diagonal_gd(runs, steps, d=64, n=32, rate=0.01, start=0.1):
    """u*u - v*v, logistic loss: runs that differ in the seed of the data, side by side."""
    data = [separable(100 + r, n, d) for r in range(runs)]
    x, y = np.stack([a for a, _ in data]), np.stack([b for _, b in data])

    def train():
        u, v = np.full((runs, d), start), np.full((runs, d), start)
        for _ in range(steps):
            m = y * np.matmul(x, (u * u - v * v)[:, :, None])[:, :, 0]
            g = np.matmul((-y * sigmoid(-m) / n)[:, None, :], x)[:, 0, :]
            u, v = u - rate * 2 * u * g, v + rate * 2 * v * g
        return np.mean(np.log1p(np.exp(-m)))

    return train


def diagonal_ngd(n, d, steps, rate=0.01, start=0.1):
    """Exact natural gradients with the Fisher information of the training inputs, of least norm."""
    x, y = separable(100, n, d)

    def train():
        u, v = np.full(d, start), np.full(d, start)
        for _ in range(steps):
            m = y * (x @ (u * u - v * v))
            q = sigmoid(-m)
            if n < 200:
                s = sigmoid(m) * q
                j = np.concatenate([x * (2 * u), x * (-2 * v)], axis=1)
                step = np.linalg.lstsq(np.sqrt(s)[:, None] * j, (-y * q) / np.sqrt(s), rcond=1e-12)[0]
                du, dv = step[:d], step[d:]
            else:
                # Of full row rank: S cancels, and the Gram matrix of J is that of weighted inputs.
                c = np.linalg.solve((x * (4 * (u * u + v * v))) @ x.T, -y / sigmoid(m))
                g = x.T @ c
                du, dv = 2 * u * g, -2 * v * g
            u, v = u - rate * du, v - rate * dv
        return np.mean(np.log1p(np.exp(-m)))

    return train


def factorization_gd(m, depth, rank, observed, steps, rate, scale):
    target, index = completion(7, m, rank, observed)
    mask = np.zeros(m * m)
    mask[index] = 1
    mask = mask.reshape(m, m)
    start = [scale * gaussian(50 + l, m, m) for l in range(depth)]

    def train():
        ws = [w.copy() for w in start]
        for _ in range(steps):
            products = [None, ws[0]]
            for l in range(1, depth):
                products.append(ws[l] @ products[-1])
            r = mask * (products[-1] - target)
            loss = 0.5 * np.sum(r * r)
            back = r
            for l in range(depth - 1, -1, -1):
                g = back if l == 0 else back @ products[l].T
                back = ws[l].T @ back if l else back
                ws[l] = ws[l] - rate * g
        return loss

    return train


def around(ws):
    """For each factor the product of those before it and of those after it."""
    before, after = [np.eye(ws[0].shape[1])], [np.eye(ws[-1].shape[0])]
    for w in ws[:-1]:
        before.append(w @ before[-1])
    for w in reversed(ws[1:]):
        after.append(after[-1] @ w)
    return before, after[::-1]


def factorization_ngd(m, depth, rank, observed, steps, rate=0.05, scale=0.3):
    """Natural gradients on the observed entries: least squares where it is small, otherwise by the Gram matrix."""
    target, index = completion(7, m, rank, observed)
    rows, cols = index // m, index % m
    start = [scale * gaussian(50 + l, m, m) for l in range(depth)]

    def train():
        ws = [w.copy() for w in start]
        for _ in range(steps):
            before, after = around(ws)
            w = after[0] @ ws[0]
            res = w[rows, cols] - target[rows, cols]
            if m < 100:
                j = np.concatenate([(after[l][rows][:, :, None] * before[l][:, cols].T[:, None, :]).reshape(len(rows), -1)
                                    for l in range(depth)], axis=1)
                step = np.linalg.lstsq(j, res, rcond=1e-12)[0].reshape(depth, m, m)
            else:
                gram = sum((after[l] @ after[l].T)[np.ix_(rows, rows)] * (before[l].T @ before[l])[np.ix_(cols, cols)]
                           for l in range(depth))
                spread = np.zeros((m, m))
                spread[rows, cols] = np.linalg.solve(gram, res)
                step = [after[l].T @ spread @ before[l].T for l in range(depth)]
            for l in range(depth):
                ws[l] = ws[l] - rate * step[l]
        return 0.5 * np.sum(res * res)

    return train


def factorization_population(m, rank, observed, steps, rate=0.05, scale=0.3):
    """Natural gradients with the Fisher information of all entries, two factors: a Sylvester equation."""
    target, index = completion(7, m, rank, observed)
    mask = np.zeros(m * m)
    mask[index] = 1
    mask = mask.reshape(m, m)
    start = [scale * gaussian(50 + l, m, m) for l in range(2)]

    def train():
        w1, w2 = (w.copy() for w in start)
        for _ in range(steps):
            r = mask * (w2 @ w1 - target)
            loss = 0.5 * np.sum(r * r)
            a, u = np.linalg.eigh(w2 @ w2.T)
            b, v = np.linalg.eigh(w1.T @ w1)
            # The mean over all entries, where the loss is that over the observed ones.
            x = u @ ((u.T @ r @ v) / (a[:, None] + b[None, :])) @ v.T * (m * m / observed)
            w1, w2 = w1 - rate * w2.T @ x, w2 - rate * x @ w1.T
        return loss

    return train


def network_ngd(n, d, width, steps, damping, rate=0.1):
    """Natural gradients of a tanh network with square loss, in the space of the outputs."""
    x, y = regression(n, d)
    w1, w2 = gaussian(6, width, d) / np.sqrt(d), gaussian(8, width) / np.sqrt(width)

    def train():
        a, b = w1.copy(), w2.copy()
        for _ in range(steps):
            h = np.tanh(x @ a.T)
            res = h @ b - y
            slopes = (1 - h * h) * b
            k = (slopes @ slopes.T) * (x @ x.T) + h @ h.T
            c = np.linalg.solve(k + damping * np.eye(n), res)
            a, b = a - rate * (slopes * c[:, None]).T @ x, b - rate * h.T @ c
        return 0.5 * np.mean(res * res)

    return train
