@dataclass
class MatrixCompletion:
    """Some entries of a matrix of low rank: the observed ones are the training data, the others the test data."""

    rows: int
    columns: int
    rank: int
    observed: int
    noise: float = 0.0  # standard deviation on the observed entries
    seed: Optional[int] = None

    def draw(self, seed):
        seed = seed if self.seed is None else self.seed
        truth = matrix_truth(self.rows, self.columns, self.rank, seed).ravel()
        observed = Random(seed, "observed entries").subset(truth.size, self.observed)
        hidden = np.setdiff1d(np.arange(truth.size), observed)
        y = truth[observed]
        if self.noise > 0:
            y = y + self.noise * Random(seed, "target noise").gaussians(self.observed)
        return Data(observed, y, hidden, truth[hidden]) if hidden.size > 0 else Data(observed, y)
