"""PyTorch on a CUDA GPU with the models of gpuThroughput.ts, in run-steps a second: the runs side by side as one batch,
in float32, gradients by hand. `gpuPeers.py cpu` tries it without one."""
import sys
import time

try:
    import torch
except ImportError:
    print("PyTorch is not installed: nothing to compare with.")
    sys.exit()

device = sys.argv[1] if len(sys.argv) > 1 else "cuda"
if device == "cuda" and not torch.cuda.is_available():
    print("PyTorch finds no CUDA GPU: nothing to compare with.")
    sys.exit()

torch.manual_seed(1)
BATCHES = [1, 4, 16, 64, 256]
PATIENCE = 0.3


def gaussian(*shape):
    return torch.randn(*shape, device=device)


def wait():
    if device == "cuda":
        torch.cuda.synchronize()


def seconds_of(step):
    steps = 4
    for _ in range(3):
        step()
    while True:
        wait()
        began = time.perf_counter()
        for _ in range(steps):
            step()
        wait()
        spent = time.perf_counter() - began
        if spent > PATIENCE or steps >= 65536:
            return spent / steps
        steps *= 4


def classifier(runs, d, n):
    x = gaussian(runs, n, d)
    return x, torch.sign(x[:, :, 0] - x[:, :, 1] + x[:, :, 2])


def diagonal(d, n, rate, coefficients):
    """u² − v²; steps of Jᵀ c with c of the margins, the examples and the parameters."""
    def start(runs):
        x, y = classifier(runs, d, n)
        u = torch.full((runs, d), 0.1, device=device)
        v = u.clone()

        def step():
            m = y * torch.matmul(x, (u * u - v * v)[:, :, None])[:, :, 0]
            g = torch.matmul(coefficients(m, x, y, u, v)[:, None, :], x)[:, 0, :]
            u.sub_(2 * rate * u * g)
            v.add_(2 * rate * v * g)
        return step
    return start


def diagonal_gd(d, n):
    return diagonal(d, n, 0.01, lambda m, x, y, u, v: -y * torch.sigmoid(-m) / n)


def diagonal_ngd(d, n):
    def coefficients(m, x, y, u, v):
        scaled = x * (2 * torch.sqrt(u * u + v * v))[:, None, :]
        return torch.linalg.solve(torch.matmul(scaled, scaled.transpose(1, 2)), -y * (1 + torch.exp(-m)))
    return diagonal(d, n, 0.001, coefficients)


def factorization_gd(size, rate=0.1):
    def start(runs):
        target = gaussian(runs, size, size)
        mask = (torch.rand(runs, size, size, device=device) < 0.5).float()
        count = mask.sum((1, 2), keepdim=True)
        a, b, c = (0.1 * gaussian(runs, size, size) for _ in range(3))

        def step():
            ba = torch.matmul(b, a)
            r = (torch.matmul(c, ba) - target) * mask / count
            cr = torch.matmul(c.transpose(1, 2), r)
            steps = (
                torch.matmul(b.transpose(1, 2), cr),
                torch.matmul(cr, a.transpose(1, 2)),
                torch.matmul(r, ba.transpose(1, 2)),
            )
            for w, g in zip((a, b, c), steps):
                w.sub_(rate * g)
        return step
    return start


MODELS = {
    "GD, u² − v², d 20, n 40": diagonal_gd(20, 40),
    "GD, u² − v², d 200, n 400": diagonal_gd(200, 400),
    "GD, 20 × 20, depth 3": factorization_gd(20),
    "GD, 100 × 100, depth 3": factorization_gd(100),
    "NGD, u² − v², d 60, n 24": diagonal_ngd(60, 24),
}

print(f"PyTorch on {torch.cuda.get_device_name() if device == 'cuda' else device}, in run-steps a second, by runs")
for name, start in MODELS.items():
    rates = [runs / seconds_of(start(runs)) for runs in BATCHES]
    print(f"  {name:26}" + "".join(f"  {runs}: {rate:.3g}" for runs, rate in zip(BATCHES, rates)), flush=True)
