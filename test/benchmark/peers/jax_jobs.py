"""The jobs in JAX: one compiled loop over the steps, in float64, runs side by side by `vmap`."""
import jax
import jax.numpy as np
from jax import lax

import data

jax.config.update("jax_enable_x64", True)


def loop(step, start, steps):
    """Compiles the training. @param step from parameters to (parameters, loss before the update)"""

    @jax.jit
    def train(parameters):
        (_, loss) = lax.fori_loop(0, steps, lambda _, state: step(state[0]), (parameters, np.array(0.0)))
        return loss

    return lambda: train(start).block_until_ready()


def descent(loss_of, rate):
    def step(parameters):
        loss, slopes = jax.value_and_grad(loss_of)(parameters)
        return jax.tree.map(lambda p, g: p - rate * g, parameters, slopes), loss

    return step


def diagonal_gd(runs, steps, d=64, n=32, rate=0.01, start=0.1):
    drawn = [data.separable(100 + r, n, d) for r in range(runs)]
    x, y = (np.stack(part) for part in zip(*drawn))

    def loss_of(parameters, x, y):
        u, v = parameters
        return jax.nn.softplus(-y * (x @ (u * u - v * v))).mean()

    def step(parameters):
        losses, slopes = jax.vmap(jax.value_and_grad(loss_of))(parameters, x, y)
        return jax.tree.map(lambda p, g: p - rate * g, parameters, slopes), losses.mean()

    return loop(step, (np.full((runs, d), start), np.full((runs, d), start)), steps)


def factorization_gd(m, depth, rank, observed, steps, rate, scale):
    target, index = data.completion(7, m, rank, observed)
    mask = np.zeros(m * m).at[index].set(1).reshape(m, m)

    def loss_of(ws):
        product = ws[0]
        for w in ws[1:]:
            product = w @ product
        return 0.5 * ((mask * (product - target)) ** 2).sum()

    start = tuple(np.array(scale * data.gaussian(50 + l, m, m)) for l in range(depth))
    return loop(descent(loss_of, rate), start, steps)


def diagonal_ngd(n, d, steps, rate=0.01, start=0.1):
    x, y = data.separable(100, n, d)

    def step(parameters):
        u, v = parameters
        m = y * (x @ (u * u - v * v))
        q, s = jax.nn.sigmoid(-m), jax.nn.sigmoid(m)
        if n < 200:
            root = np.sqrt(s * q)
            j = np.concatenate([x * (2 * u), x * (-2 * v)], axis=1)
            found = np.linalg.lstsq(root[:, None] * j, -y * q / root, rcond=1e-12)[0]
            du, dv = found[:d], found[d:]
        else:
            c = jax.scipy.linalg.solve((x * (4 * (u * u + v * v))) @ x.T, -y / s, assume_a="pos")
            g = x.T @ c
            du, dv = 2 * u * g, -2 * v * g
        return (u - rate * du, v - rate * dv), jax.nn.softplus(-m).mean()

    return loop(step, (np.full(d, start), np.full(d, start)), steps)


def factorization_ngd(m, depth, rank, observed, steps, rate=0.05, scale=0.3):
    target, index = data.completion(7, m, rank, observed)
    rows, cols = index // m, index % m
    goal = target[rows, cols]

    def step(ws):
        before, after = [np.eye(m)], [np.eye(m)]
        for w in ws[:-1]:
            before.append(w @ before[-1])
        for w in reversed(ws[1:]):
            after.append(after[-1] @ w)
        after.reverse()
        res = (after[0] @ ws[0])[rows, cols] - goal
        if m < 100:
            j = np.concatenate([(after[l][rows][:, :, None] * before[l][:, cols].T[:, None, :]).reshape(len(rows), -1)
                                for l in range(depth)], axis=1)
            found = np.linalg.lstsq(j, res, rcond=1e-12)[0].reshape(depth, m, m)
        else:
            gram = sum((after[l] @ after[l].T)[np.ix_(rows, rows)] * (before[l].T @ before[l])[np.ix_(cols, cols)]
                       for l in range(depth))
            spread = np.zeros((m, m)).at[rows, cols].set(jax.scipy.linalg.solve(gram, res, assume_a="pos"))
            found = [after[l].T @ spread @ before[l].T for l in range(depth)]
        return tuple(w - rate * f for w, f in zip(ws, found)), 0.5 * (res * res).sum()

    start = tuple(np.array(scale * data.gaussian(50 + l, m, m)) for l in range(depth))
    return loop(step, start, steps)


def factorization_population(m, rank, observed, steps, rate=0.05, scale=0.3):
    target, index = data.completion(7, m, rank, observed)
    mask = np.zeros(m * m).at[index].set(1).reshape(m, m)

    def step(ws):
        w1, w2 = ws
        r = mask * (w2 @ w1 - target)
        a, u = np.linalg.eigh(w2 @ w2.T)
        b, v = np.linalg.eigh(w1.T @ w1)
        x = u @ ((u.T @ r @ v) / (a[:, None] + b[None, :])) @ v.T * (m * m / observed)
        return (w1 - rate * w2.T @ x, w2 - rate * x @ w1.T), 0.5 * (r * r).sum()

    return loop(step, tuple(np.array(scale * data.gaussian(50 + l, m, m)) for l in range(2)), steps)


def network_ngd(n, d, width, steps, damping, rate=0.1):
    x, y = data.regression(n, d)
    start = (data.gaussian(6, width, d) / np.sqrt(d), data.gaussian(8, width) / np.sqrt(width))

    def step(parameters):
        a, b = parameters
        h = np.tanh(x @ a.T)
        res = h @ b - y
        slopes = (1 - h * h) * b
        k = (slopes @ slopes.T) * (x @ x.T) + h @ h.T
        c = jax.scipy.linalg.solve(k + damping * np.eye(n), res, assume_a="pos")
        return (a - rate * (slopes * c[:, None]).T @ x, b - rate * h.T @ c), 0.5 * (res * res).mean()

    return loop(step, start, steps)
