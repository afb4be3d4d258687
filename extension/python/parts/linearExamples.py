def gaussian_inputs(count, dimension, seed, purpose):
    return Random(seed, purpose).gaussians(count * dimension).reshape(count, dimension)


def linear_examples(truth, train, test, noise, seed):
    """Inputs x ~ N(0, I) with targets truth . x, noisy on the training data."""
    x = gaussian_inputs(train, truth.size, seed, "train inputs")
    y = x @ truth
    if noise > 0:
        y = y + noise * Random(seed, "target noise").gaussians(train)
    if test == 0:
        return Data(x, y)
    test_x = gaussian_inputs(test, truth.size, seed, "test inputs")
    return Data(x, y, test_x, test_x @ truth)
