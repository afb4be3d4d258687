@dataclass
class Regression:
    """Inputs x ~ N(0, I) with targets truth . x."""

    dimension: int
    train: int
    test: int
    sparsity: Optional[int] = None
    noise: float = 0.0  # standard deviation on the training targets
    seed: Optional[int] = None

    def draw(self, seed):
        seed = seed if self.seed is None else self.seed
        truth = vector_truth(self.dimension, self.sparsity, seed)
        return linear_examples(truth, self.train, self.test, self.noise, seed)

    def fisher_inputs(self, count, seed):
        return gaussian_inputs(count, self.dimension, seed if self.seed is None else self.seed, "fisher inputs")
