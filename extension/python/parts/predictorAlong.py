
    def outputs_along(self, theta, inputs, v):
        """J v."""
        return outputs_of(self.pushforward(*theta, *v), inputs)

    def backward_along(self, theta, inputs, c, v, dc):
        """The change of J^T c as theta moves along v and c along dc."""
        g, dg = (adjoint(inputs, part, self.size).reshape(self.shape) for part in (c, dc))
        return self.pullback_along(*theta, g, *v, dg)
