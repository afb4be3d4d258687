"""The jobs, by name: the kind of training and its sizes. `media/benchmark/jobs.lab.ts` has the same."""

JOBS = {
    "diagonal-gd-1": ("diagonal_gd", dict(runs=1, steps=20000)),
    "diagonal-gd-64": ("diagonal_gd", dict(runs=64, steps=5000)),
    "diagonal-ngd": ("diagonal_ngd", dict(n=32, d=64, steps=1000)),
    "factorization-gd-20x20-depth3": ("factorization_gd", dict(m=20, depth=3, rank=2, observed=160, steps=5000, rate=0.01, scale=0.1)),
    "factorization-gd-100x100-depth3": ("factorization_gd", dict(m=100, depth=3, rank=5, observed=2000, steps=500, rate=0.001, scale=0.05)),
    "factorization-ngd-12x12-depth2": ("factorization_ngd", dict(m=12, depth=2, rank=2, observed=80, steps=100)),
    "factorization-ngd-40x40-depth2": ("factorization_ngd", dict(m=40, depth=2, rank=3, observed=480, steps=5)),
    "network-ngd": ("network_ngd", dict(n=48, d=10, width=64, steps=200, damping=1e-10)),
    # Large: a run has work for all cores.
    "diagonal-gd-512": ("diagonal_gd", dict(runs=512, steps=1000)),
    "diagonal-ngd-1500x2500": ("diagonal_ngd", dict(n=1500, d=2500, steps=5)),
    "network-ngd-800": ("network_ngd", dict(n=800, d=20, width=200, steps=10, damping=1e-6)),
    "factorization-gd-400": ("factorization_gd", dict(m=400, depth=2, rank=5, observed=32000, steps=40, rate=0.001, scale=0.05)),
    "factorization-gd-512-dense": ("factorization_gd", dict(m=512, depth=2, rank=5, observed=512 * 512, steps=40, rate=0.001, scale=0.05)),
    "factorization-ngd-100x100-depth2": ("factorization_ngd", dict(m=100, depth=2, rank=5, observed=2000, steps=5)),
    "factorization-ngd-100x100-depth3": ("factorization_ngd", dict(m=100, depth=3, rank=5, observed=2000, steps=5)),
    "factorization-population-100x100-depth2": ("factorization_population", dict(m=100, rank=5, observed=2000, steps=5)),
}
