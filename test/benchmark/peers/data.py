"""Data that every peer draws to the last bit, and the clock."""
import json
import time

import numpy as np


def lcg(seed, count):
    """Uniforms in [0,1): x <- (1664525 x + 1013904223) mod 2^32, u = x / 2^32."""
    out = np.empty(count)
    x = seed & 0xFFFFFFFF
    for i in range(count):
        x = (1664525 * x + 1013904223) & 0xFFFFFFFF
        out[i] = x / 4294967296.0
    return out


def gaussian(seed, *shape):
    """Box-Muller on consecutive pairs (cosine branch only)."""
    n = int(np.prod(shape))
    u = lcg(seed, 2 * n)
    return (np.sqrt(-2 * np.log(1 - u[0::2])) * np.cos(2 * np.pi * u[1::2])).reshape(shape)


def separable(seed, n, d, k=3):
    x = gaussian(seed, n, d)
    w = np.zeros(d)
    w[:k] = [1, -1, 1][:k]
    return x, np.sign(x @ w)


def completion(seed, m, rank, observed):
    """A matrix with mean square 1 and the sorted indices of its observed entries."""
    w = gaussian(seed, m, rank) @ gaussian(seed + 1, rank, m)
    w *= m / np.linalg.norm(w)
    order = np.argsort(lcg(seed + 2, m * m), kind="stable")[:observed]
    return w, np.sort(order)


def regression(n, d):
    x = gaussian(5, n, d)
    return x, np.sin(x[:, 0]) + 0.5 * x[:, 1]


def clock(job, peer, steps, runs, train, warm=False):
    """Times `train`, which returns the mean loss before its last update. @param warm trains once before, so that it is compiled"""
    if warm:
        train()
    begin = time.perf_counter()
    loss = float(train())
    seconds = time.perf_counter() - begin
    print(json.dumps(dict(job=job, peer=peer, seconds=seconds, steps=steps, runs=runs, loss=loss)), flush=True)
