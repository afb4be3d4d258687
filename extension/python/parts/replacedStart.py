def replaced(start, values):
    """A start with given arrays at some positions."""
    return lambda seed: tuple(values.get(i, part) for i, part in enumerate(start(seed)))
