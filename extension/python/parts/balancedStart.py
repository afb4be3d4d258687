def balanced(shapes, scale):
    """W_{l+1}^T W_{l+1} = W_l W_l^T: a Gaussian matrix U S V^T of spectral norm 1 as U S^(1/L) ... S^(1/L) V^T."""

    def start(seed):
        depth = len(shapes)
        rank = min(shapes[0][1], *(height for height, _ in shapes))
        u, s, vt = np.linalg.svd(normals((shapes[-1][0], shapes[0][1]), seed, 1), full_matrices=False)
        root = (s[:rank] / s[0]) ** (1 / depth)
        factors = []
        for layer, (height, width) in enumerate(shapes):
            left = u[:, :rank] if layer == depth - 1 else np.eye(height, rank)
            right = vt[:rank] if layer == 0 else np.eye(rank, width)
            factors.append(scale * left * root @ right)
        return tuple(factors)

    return start
