@dataclass
class GivenCompletion:
    """Entries of a given matrix, NaN where unknown: the observed ones are the training data, the others the test data."""

    matrix: np.ndarray
    observed: Union[int, np.ndarray]  # how many of the known entries, or the positions
    seed: Optional[int] = None

    def draw(self, seed):
        seed = seed if self.seed is None else self.seed
        truth = self.matrix.ravel()
        known = np.flatnonzero(~np.isnan(truth))
        observed = self.observed
        if isinstance(observed, int):
            observed = known[Random(seed, "observed entries").subset(known.size, observed)]
        hidden = np.setdiff1d(known, observed)
        y = truth[observed]
        return Data(observed, y, hidden, truth[hidden]) if hidden.size > 0 else Data(observed, y)
