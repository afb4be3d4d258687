"""The jobs in PyTorch: gradients by autograd, eager or compiled; natural gradients by the structure of each model."""
import numpy as np
import torch

from data import completion, gaussian, regression, separable

torch.set_default_dtype(torch.float64)
softplus = torch.nn.functional.softplus


def descent(loss_of, start, steps, rate, compiled):
    """Gradient descent by autograd. @param loss_of of the parameters, summed over runs"""

    # Autograd traces through a compiled forward pass.
    forward = torch.compile(loss_of) if compiled else loss_of

    def train():
        parameters = [p.clone().requires_grad_() for p in start]
        for _ in range(steps):
            loss = forward(parameters)
            slopes = torch.autograd.grad(loss, parameters)
            with torch.no_grad():
                for p, slope in zip(parameters, slopes):
                    p -= rate * slope
        return loss.item()

    return train


def diagonal_gd(runs, steps, d=64, n=32, rate=0.01, start=0.1, compiled=False):
    data = [separable(100 + r, n, d) for r in range(runs)]
    x, y = (torch.tensor(np.stack(part)) for part in zip(*data))

    def loss_of(parameters):
        u, v = parameters
        m = y * torch.bmm(x, (u * u - v * v)[:, :, None])[:, :, 0]
        return softplus(-m).mean(1).sum()

    train = descent(loss_of, [torch.full((runs, d), start)] * 2, steps, rate, compiled)
    return lambda: train() / runs


def factorization_gd(m, depth, rank, observed, steps, rate, scale, compiled=False):
    target, index = completion(7, m, rank, observed)
    mask = np.zeros(m * m)
    mask[index] = 1
    tt, tm = torch.tensor(target), torch.tensor(mask.reshape(m, m))

    def loss_of(ws):
        product = ws[0]
        for w in ws[1:]:
            product = w @ product
        return 0.5 * ((tm * (product - tt)) ** 2).sum()

    start = [torch.tensor(scale * gaussian(50 + l, m, m)) for l in range(depth)]
    return descent(loss_of, start, steps, rate, compiled)


def diagonal_ngd(n, d, steps, rate=0.01, start=0.1):
    x, y = (torch.tensor(part) for part in separable(100, n, d))

    def train():
        u, v = torch.full((d,), start), torch.full((d,), start)
        for _ in range(steps):
            m = y * (x @ (u * u - v * v))
            q, s = torch.sigmoid(-m), torch.sigmoid(m)
            if n < 200:
                root = torch.sqrt(s * q)
                j = torch.cat([x * (2 * u), x * (-2 * v)], dim=1)
                step = torch.linalg.lstsq(root[:, None] * j, -y * q / root, driver="gelsd").solution
                du, dv = step[:d], step[d:]
            else:
                c = torch.linalg.solve((x * (4 * (u * u + v * v))) @ x.T, -y / s)
                g = x.T @ c
                du, dv = 2 * u * g, -2 * v * g
            u, v = u - rate * du, v - rate * dv
        return softplus(-m).mean().item()

    return train


def factorization_ngd(m, depth, rank, observed, steps, rate=0.05, scale=0.3):
    target, index = completion(7, m, rank, observed)
    rows, cols = (torch.tensor(part) for part in (index // m, index % m))
    goal = torch.tensor(target)[rows, cols]
    start = [torch.tensor(scale * gaussian(50 + l, m, m)) for l in range(depth)]

    def train():
        ws = [w.clone() for w in start]
        for _ in range(steps):
            before, after = [torch.eye(m)], [torch.eye(m)]
            for w in ws[:-1]:
                before.append(w @ before[-1])
            for w in reversed(ws[1:]):
                after.append(after[-1] @ w)
            after.reverse()
            res = (after[0] @ ws[0])[rows, cols] - goal
            if m < 100:
                j = torch.cat([(after[l][rows][:, :, None] * before[l][:, cols].T[:, None, :]).reshape(len(rows), -1)
                               for l in range(depth)], dim=1)
                step = torch.linalg.lstsq(j, res, driver="gelsd").solution.reshape(depth, m, m)
            else:
                gram = sum((after[l] @ after[l].T)[rows][:, rows] * (before[l].T @ before[l])[cols][:, cols]
                           for l in range(depth))
                spread = torch.zeros(m, m)
                spread[rows, cols] = torch.linalg.solve(gram, res)
                step = [after[l].T @ spread @ before[l].T for l in range(depth)]
            for l in range(depth):
                ws[l] = ws[l] - rate * step[l]
        return 0.5 * (res * res).sum().item()

    return train


def factorization_population(m, rank, observed, steps, rate=0.05, scale=0.3):
    target, index = completion(7, m, rank, observed)
    mask = np.zeros(m * m)
    mask[index] = 1
    tt, tm = torch.tensor(target), torch.tensor(mask.reshape(m, m))
    start = [torch.tensor(scale * gaussian(50 + l, m, m)) for l in range(2)]

    def train():
        w1, w2 = (w.clone() for w in start)
        for _ in range(steps):
            r = tm * (w2 @ w1 - tt)
            loss = 0.5 * (r * r).sum()
            a, u = torch.linalg.eigh(w2 @ w2.T)
            b, v = torch.linalg.eigh(w1.T @ w1)
            x = u @ ((u.T @ r @ v) / (a[:, None] + b[None, :])) @ v.T * (m * m / observed)
            w1, w2 = w1 - rate * w2.T @ x, w2 - rate * x @ w1.T
        return loss.item()

    return train


def network_ngd(n, d, width, steps, damping, rate=0.1):
    x, y = (torch.tensor(part) for part in regression(n, d))
    w1 = torch.tensor(gaussian(6, width, d) / np.sqrt(d))
    w2 = torch.tensor(gaussian(8, width) / np.sqrt(width))

    def train():
        a, b = w1, w2
        for _ in range(steps):
            h = torch.tanh(x @ a.T)
            res = h @ b - y
            slopes = (1 - h * h) * b
            k = (slopes @ slopes.T) * (x @ x.T) + h @ h.T
            c = torch.linalg.solve(k + damping * torch.eye(n), res)
            a, b = a - rate * (slopes * c[:, None]).T @ x, b - rate * h.T @ c
        return 0.5 * (res * res).mean().item()

    return train
