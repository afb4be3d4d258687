def given(*values):
    """A start that is the same for every seed."""
    return lambda seed: tuple(np.asarray(value, dtype=float) for value in values)


def gaussian(shapes, scales):
    """Entries from N(0, scale^2); where the scale is None, zeros."""

    def start(seed):
        return tuple(
            np.zeros(shape) if scale is None else scale * normals(shape, seed, i)
            for i, (shape, scale) in enumerate(zip(shapes, scales), start=1)
        )

    return start


def normals(shape, seed, i):
    return Random(seed, f"start of factor {i}").gaussians(int(np.prod(shape))).reshape(shape)
