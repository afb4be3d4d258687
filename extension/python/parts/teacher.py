@dataclass
class Teacher:
    """Inputs x ~ N(0, I) with labels from a random network without biases."""

    dimension: int
    train: int
    test: int
    widths: tuple
    activation: Callable
    logistic: bool = False  # labels are signs of the outputs
    noise: float = 0.0  # standard deviation of the training targets, or probability that a label is flipped
    seed: Optional[int] = None

    def teach(self, x, seed):
        sizes = [self.dimension, *self.widths, 1]
        for layer, (inputs, outputs) in enumerate(zip(sizes, sizes[1:]), start=1):
            drawn = Random(seed, f"teacher's layer {layer}").gaussians(outputs * inputs) / np.sqrt(inputs)
            x = x @ drawn.reshape(outputs, inputs).T
            if layer < len(sizes) - 1:
                x = np.asarray(self.activation(x))
        return np.where(x[:, 0] < 0, -1.0, 1.0) if self.logistic else x[:, 0]

    def draw(self, seed):
        seed = seed if self.seed is None else self.seed
        x = gaussian_inputs(self.train, self.dimension, seed, "train inputs")
        y = self.teach(x, seed)
        if self.noise > 0 and self.logistic:
            y = np.where(Random(seed, "label noise").uniforms(self.train) < self.noise, -y, y)
        elif self.noise > 0:
            y = y + self.noise * Random(seed, "target noise").gaussians(self.train)
        if self.test == 0:
            return Data(x, y)
        test_x = gaussian_inputs(self.test, self.dimension, seed, "test inputs")
        return Data(x, y, test_x, self.teach(test_x, seed))

    def fisher_inputs(self, count, seed):
        return gaussian_inputs(count, self.dimension, seed if self.seed is None else self.seed, "fisher inputs")
