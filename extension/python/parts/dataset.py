@dataclass
class Dataset:
    """Given examples."""

    inputs: np.ndarray
    labels: np.ndarray
    test_inputs: Optional[np.ndarray] = None
    test_labels: Optional[np.ndarray] = None
    split: Optional[int] = None  # how many are drawn for training; the others are test data
    standardize: bool = False  # columns to mean 0 and standard deviation 1 over the training data
    seed: Optional[int] = None

    def draw(self, seed):
        seed = seed if self.seed is None else self.seed
        x, y, test_x, test_y = self.inputs, self.labels, self.test_inputs, self.test_labels
        if self.split is not None:
            train = Random(seed, "split").subset(len(y), self.split)
            test = np.setdiff1d(np.arange(len(y)), train)
            x, y, test_x, test_y = x[train], y[train], x[test], y[test]
        if self.standardize:
            x, test_x = standardized(x, test_x)
        return Data(x, y, test_x, test_y)


def standardized(x, test_x):
    mean = x[0] + (x - x[0]).mean(axis=0)
    reach = np.abs(x - x[0]).max(axis=0)
    constant = reach <= 64 * EPS * np.abs(x).max(axis=0)
    deviation = np.where(constant, np.inf, np.sqrt(np.mean((x - mean) ** 2, axis=0)))
    return tuple(None if rows is None else (rows - mean) / deviation for rows in (x, test_x))
