def guarded(a, b):
    """a b, and 0 where a is 0, whatever b is."""
    return xp.where(a == 0, 0.0, a * b)
