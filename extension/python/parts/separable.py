@dataclass
class Separable:
    """Inputs x ~ N(0, I) with labels sign(truth . x)."""

    dimension: int
    train: int
    test: int
    sparsity: Optional[int] = None
    margin: float = 0.0  # least distance from the boundary
    noise: float = 0.0  # probability that a training label is flipped
    seed: Optional[int] = None

    def examples(self, count, random, seed):
        truth = vector_truth(self.dimension, self.sparsity, seed)
        x = np.empty((count, self.dimension))
        for i in range(count):
            score = 0.0
            while score == 0 or abs(score) < self.margin * np.linalg.norm(truth):
                x[i] = random.gaussians(self.dimension)
                score = x[i] @ truth
        return x, np.sign(x @ truth)

    def draw(self, seed):
        seed = seed if self.seed is None else self.seed
        x, y = self.examples(self.train, Random(seed, "train inputs"), seed)
        if self.noise > 0:
            y = np.where(Random(seed, "label noise").uniforms(self.train) < self.noise, -y, y)
        if self.test == 0:
            return Data(x, y)
        return Data(x, y, *self.examples(self.test, Random(seed, "test inputs"), seed))

    def fisher_inputs(self, count, seed):
        seed = seed if self.seed is None else self.seed
        return self.examples(count, Random(seed, "fisher inputs"), seed)[0]
