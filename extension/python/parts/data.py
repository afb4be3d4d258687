@dataclass
class Data:
    """Examples. The inputs are rows x, [n, d], or the positions of entries in a matrix, [n]."""

    inputs: np.ndarray
    targets: np.ndarray
    test_inputs: Optional[np.ndarray] = None
    test_targets: Optional[np.ndarray] = None
