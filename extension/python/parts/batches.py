def batches(data, size, seed):
    """For each step the positions of its examples: epoch after epoch in random order, without an incomplete last batch."""
    count = len(data.targets)
    known = {}

    def batch(step):
        epoch, at = divmod(step, count // size)
        if epoch not in known:
            known.clear()
            known[epoch] = Random(seed, f"batches of epoch {epoch}").shuffled(count, count)
        return known[epoch][at * size : (at + 1) * size]

    return batch
