def circulant(b):
    k = np.arange(b.size)
    return b[(k[:, None] - k) % b.size]


def convolve(a, b):
    """Circular: out[k] = sum over j of a[j] b[k - j]."""
    return circulant(b) @ a


def correlate(a, b):
    """Circular: out[j] = sum over k of a[k] b[k - j]."""
    return circulant(b).T @ a
