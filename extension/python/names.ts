/** Python identifiers from the names of an experiment. */

const taken = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if
  import in is lambda nonlocal not or pass raise return try while with yield np jnp jax xp abs len sum max min range zip
  map sigmoid rounded guarded scatter convolve correlate circulant loss error slope curvature scaled gradient flat unflat
  given gaussian orthogonal balanced unpacked main print`.split(/\s+/),
);

/** A name that is free among `used`, to which it is added. */
export function identifier(name: string, used: Set<string>): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\u03b8/g, 'theta')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  const base = plain === '' || /^\d/.test(plain) ? `p_${plain}`.replace(/_$/, '') : plain;
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? base : `${base}_${i}`;
    if (taken.has(candidate) || used.has(candidate)) continue;
    used.add(candidate);
    return candidate;
  }
}
