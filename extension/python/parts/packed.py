def unpacked(text, shape):
    """Numbers that were packed for this file: float64, compressed, in base 64."""
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype="<f8").reshape(shape)
