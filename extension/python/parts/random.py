class Random:
    """A stream of random numbers, named after its purpose: xoroshiro128+ (Blackman and Vigna 2018)."""

    def __init__(self, seed, purpose):
        code = 0x811C9DC5  # FNV-1a of the name, and a final mix
        for character in f"{seed} {purpose}":
            code = (code ^ ord(character)) * 0x01000193 & 0xFFFFFFFF
        code = (code ^ code >> 16) * 0x85EBCA6B & 0xFFFFFFFF
        code = (code ^ code >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
        code ^= code >> 16
        self.state = 0xFFFFFFFF << 32 | code ^ 0xFFFFFFFF, code << 32
        self.spare = []

    def uniforms(self, count):
        """In [0, 1)."""
        a, b = self.state
        full = 0xFFFFFFFFFFFFFFFF
        bits = []
        for _ in range(2 * count):
            bits.append(a + b & 0xFFFFFFFF)
            b ^= a
            a = (a << 24 & full | a >> 40) ^ b ^ (b << 16 & full)
            b = b << 37 & full | b >> 27
        self.state = a, b
        high, low = np.array(bits[::2], dtype=np.uint64), np.array(bits[1::2], dtype=np.uint64)
        return (high & np.uint64(2**26 - 1)) * 2.0**-26 + (low & np.uint64(2**27 - 1)) * 2.0**-53

    def gaussians(self, count):
        """Standard normal, by pairs (Box and Muller)."""
        pairs = (count - len(self.spare) + 1) // 2
        u = self.uniforms(2 * pairs)
        radius, angle = np.sqrt(-2 * np.log(1 - u[::2])), 2 * np.pi * u[1::2]
        drawn = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1).ravel()
        drawn = np.concatenate([self.spare, drawn])
        self.spare = drawn[count:]
        return drawn[:count]

    def shuffled(self, total, count):
        """0 ... total - 1, the first `count` in random places (Fisher and Yates)."""
        order = np.arange(total)
        for i, u in enumerate(self.uniforms(count)):
            j = i + int(u * (total - i))
            order[[i, j]] = order[[j, i]]
        return order

    def subset(self, total, count):
        """`count` different numbers below `total`, in ascending order."""
        return np.sort(self.shuffled(total, count)[:count])
