def matrix_truth(rows, columns, rank, seed):
    """A random matrix of the given rank, with entries of root mean square 1."""
    random = Random(seed, "truth")
    left = random.gaussians(rows * rank).reshape(rows, rank)
    right = random.gaussians(rank * columns).reshape(rank, columns)
    truth = left @ right
    return truth / np.sqrt(np.mean(truth**2))
