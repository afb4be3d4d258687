def orthogonal_matrix(shape, seed, i):
    """Orthonormal columns (rows, if there are more columns), Haar-distributed."""
    rows, columns = shape
    if rows < columns:
        return orthogonal_matrix((columns, rows), seed, i).T
    q, r = np.linalg.qr(normals(shape, seed, i))
    return q * np.where(np.diag(r) < 0, -1.0, 1.0)


def orthogonal(shapes, scales):
    """Scaled orthogonal matrices; where the scale is None, zeros."""

    def start(seed):
        return tuple(
            np.zeros(shape) if scale is None else scale * orthogonal_matrix(shape, seed, i)
            for i, (shape, scale) in enumerate(zip(shapes, scales), start=1)
        )

    return start
