@dataclass
class MatrixSensing:
    """Measurements <A, M> of a matrix of low rank, A with entries from N(0, 1); each A is a row of the inputs."""

    rows: int
    columns: int
    rank: int
    train: int
    test: int
    noise: float = 0.0  # standard deviation on the training targets
    seed: Optional[int] = None

    def draw(self, seed):
        seed = seed if self.seed is None else self.seed
        truth = matrix_truth(self.rows, self.columns, self.rank, seed).ravel()
        return linear_examples(truth, self.train, self.test, self.noise, seed)

    def fisher_inputs(self, count, seed):
        seed = seed if self.seed is None else self.seed
        return gaussian_inputs(count, self.rows * self.columns, seed, "fisher inputs")
