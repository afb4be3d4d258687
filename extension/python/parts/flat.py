def flat(parts):
    """The entries of all arrays in one vector."""
    return np.concatenate([np.ravel(part) for part in parts])


def unflat(x, like):
    """A vector as arrays of the shapes of `like`."""
    parts, at = [], 0
    for part in like:
        size = int(np.size(part))
        parts.append(x[at : at + size].reshape(np.shape(part)))
        at += size
    return tuple(parts)
