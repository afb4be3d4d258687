def rounded(x):
    """To the nearest whole number, halves up."""
    return xp.where(x - xp.floor(x) >= 0.5, xp.ceil(x), xp.floor(x))
