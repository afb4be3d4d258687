def vector_truth(dimension, sparsity, seed):
    """+-1 on the first `sparsity` coordinates, or a random unit vector."""
    random = Random(seed, "truth")
    if sparsity is None:
        direction = random.gaussians(dimension)
        return direction / np.linalg.norm(direction)
    truth = np.zeros(dimension)
    truth[:sparsity] = np.where(random.uniforms(sparsity) < 0.5, -1.0, 1.0)
    return truth
