@dataclass
class KFAC(Steps):
    """Kronecker-factored curvature (Martens and Grosse 2015): [W b] <- [W b] - rate B^-1 dL/d[W b] A^-1 in each layer."""

    rate: float
    damping: float

    def begin(self, problem, model, data, seed):
        def step(theta, memory, taken):
            network, order, weights = as_layers(model, theta)
            layers = network.forward(weights, data.inputs)
            deltas = network.deltas(weights, layers)
            f, n = layers[-1][1][:, 0], len(data.targets)
            c, S = slope(f, data.targets)[:, None], curvature(f)[:, None]
            new = list(theta)
            for l, ((a, _), delta) in enumerate(zip(layers, deltas)):
                if network.biased:
                    a = np.hstack([a, np.ones((n, 1))])
                A, B = a.T @ a / n, (delta * S).T @ delta / n
                mean_a, mean_b = np.trace(A) / len(A), np.trace(B) / len(B)
                balance = np.sqrt(mean_a / mean_b) if mean_a > 0 and mean_b > 0 else 1.0
                A = A + balance * np.sqrt(self.damping) * np.eye(len(A))
                B = B + np.sqrt(self.damping) / balance * np.eye(len(B))
                change = np.linalg.solve(B, np.linalg.solve(A, ((c * delta).T @ a).T).T)
                if network.biased:
                    new[network.layers + l] = new[network.layers + l] - self.rate * change[:, -1]
                    change = change[:, :-1]
                at = order[l]
                new[at] = new[at] - self.rate * change.reshape(np.shape(new[at]))
            return tuple(new), memory

        return step


def as_layers(model, theta):
    """A layered model as a network, the positions of its weights in theta, and the weights."""
    if not model.has_predictor:
        return model, range(model.layers), theta
    weights = tuple(np.atleast_2d(theta[at]) for at in model.layers)
    return Network(None, len(weights), lambda z: z, xp.ones_like), model.layers, weights
