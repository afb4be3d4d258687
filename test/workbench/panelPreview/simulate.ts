/** Small real experiments, plainly written, whose runs fill the preview with pictures like those of the engine. */

/** A seeded source of uniform and normal numbers. */
export function random(seed: number) {
  let state = seed * 2654435761;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

/** What is recorded along one run. */
export interface Recorded {
  step: number[];
  trainLoss: number[];
  trainError: number[];
  testLoss: number[];
  testError: number[];
  predictors: Float64Array[];
}

const empty = (): Recorded => ({
  step: [],
  trainLoss: [],
  trainError: [],
  testLoss: [],
  testError: [],
  predictors: [],
});
const matrix = (rows: number, columns: number, entry: () => number) =>
  Array.from({ length: rows }, () => Float64Array.from({ length: columns }, entry));
const dot = (a: Float64Array, b: Float64Array) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};

/** Solves a positive definite system, of which the lower half is read, by Cholesky. */
function solve(a: Float64Array[], b: Float64Array): Float64Array {
  const n = b.length;
  const l = a.map((row) => Float64Array.from(row));
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) for (let i = j; i < n; i++) l[i][j] -= l[i][k] * l[j][k];
    const root = Math.sqrt(Math.max(l[j][j], 1e-12));
    for (let i = j; i < n; i++) l[i][j] /= root;
  }
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= l[i][k] * x[k];
    x[i] /= l[i][i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= l[k][i] * x[k];
    x[i] /= l[i][i];
  }
  return x;
}

const logistic = (margin: number) =>
  margin > 0 ? Math.log1p(Math.exp(-margin)) : -margin + Math.log1p(Math.exp(margin));

/** Logistic regression on separable data with a sparse truth; w = u^power − v^power, or w itself for power 1. */
export function classifier(
  seed: number,
  power: 1 | 2 | 3,
  natural: boolean,
  steps: number,
  wanted: ReadonlySet<number>,
) {
  const d = 100;
  const { normal } = random(seed);
  const truth = Float64Array.from({ length: d }, (_, i) => (i < 3 ? (i === 1 ? -1 : 1) : 0));
  const [train, test] = [80, 1500].map((n) => matrix(n, d, normal));
  const signed = (inputs: Float64Array[]) => inputs.map((x) => x.map((value) => value * (dot(x, truth) > 0 ? 1 : -1)));
  const [rows, testRows] = [signed(train), signed(test)];
  const u = new Float64Array(d).fill(power === 1 ? 0 : 0.1);
  const v = Float64Array.from(u);
  const predictor = () => (power === 1 ? Float64Array.from(u) : u.map((value, i) => value ** power - v[i] ** power));
  const recorded = empty();
  const rate = natural ? 0.02 : 0.05;
  for (let step = 0; step <= steps; step++) {
    const w = predictor();
    const margins = rows.map((x) => dot(x, w));
    const loss = margins.reduce((sum, m) => sum + logistic(m), 0) / margins.length;
    if (wanted.has(step)) {
      const testMargins = testRows.map((x) => dot(x, w));
      recorded.step.push(step);
      recorded.trainLoss.push(loss);
      recorded.trainError.push(margins.filter((m) => m <= 0).length / margins.length);
      recorded.testLoss.push(testMargins.reduce((sum, m) => sum + logistic(m), 0) / testMargins.length);
      recorded.testError.push(testMargins.filter((m) => m <= 0).length / testMargins.length);
      recorded.predictors.push(w);
    }
    if (loss < 1e-9) continue;
    const du = power === 1 ? new Float64Array(d).fill(1) : u.map((value) => power * value ** (power - 1));
    const dv = power === 1 ? new Float64Array(d) : v.map((value) => -power * value ** (power - 1));
    const residual = natural
      ? Float64Array.from(margins, (m) => 1 + Math.exp(-m))
      : Float64Array.from(margins, (m) => 1 / (1 + Math.exp(m)) / margins.length / loss);
    const weights = natural
      ? solve(
          rows.map((a, i) => {
            const scaled = a.map((value, k) => value * (du[k] ** 2 + dv[k] ** 2));
            return Float64Array.from(rows, (b, j) => (j > i ? 0 : dot(scaled, b) + (i === j ? 1e-10 : 0)));
          }),
          residual,
        )
      : residual;
    const gradient = new Float64Array(d);
    rows.forEach((x, i) => {
      for (let k = 0; k < d; k++) gradient[k] += weights[i] * x[k];
    });
    const [stepU, stepV] = [gradient.map((g, k) => rate * g * du[k]), gradient.map((g, k) => rate * g * dv[k])];
    const length = Math.hypot(...stepU, ...stepV);
    const limit = 0.02 * Math.max(1, Math.hypot(...u, ...v));
    const factor = natural ? 1 : Math.min(1, limit / length);
    for (let k = 0; k < d; k++) {
      u[k] += factor * stepU[k];
      v[k] += factor * stepV[k];
    }
  }
  return { recorded, truth };
}

/** Completion of a low-rank matrix; depth 1 is the matrix itself, depth 2 a product of two. Natural: the closed form under the population Fisher. */
export function completion(seed: number, depth: 1 | 2, natural: boolean, steps: number, wanted: ReadonlySet<number>) {
  const n = 20;
  const { normal, uniform } = random(seed);
  const [left, right] = [matrix(n, 2, normal), matrix(n, 2, normal)];
  const truth = Float64Array.from({ length: n * n }, (_, k) => dot(left[Math.floor(k / n)], right[k % n]) / Math.SQRT2);
  const observed = Array.from({ length: n * n }, (_, k) => k).filter(() => uniform() < 0.45);
  const seen = new Set(observed);
  const unseen = Array.from({ length: n * n }, (_, k) => k).filter((k) => !seen.has(k));
  const a = matrix(n, n, () => 0.03 * normal());
  const b = matrix(n, n, () => 0.03 * normal());
  const product = () =>
    Float64Array.from({ length: n * n }, (_, k) => {
      let sum = 0;
      for (let r = 0; r < n; r++) sum += a[Math.floor(k / n)][r] * b[r][k % n];
      return sum;
    });
  const start = depth === 1 ? new Float64Array(n * n) : product();
  let w = Float64Array.from(start);
  const recorded = empty();
  const rate = natural ? 0.004 : depth === 1 ? 2 : 6;
  for (let step = 0; step <= steps; step++) {
    if (wanted.has(step)) {
      const square = (indices: number[]) =>
        indices.reduce((sum, k) => sum + (w[k] - truth[k]) ** 2, 0) / indices.length;
      recorded.step.push(step);
      recorded.trainLoss.push(square(observed) / 2);
      recorded.trainError.push(Math.sqrt(square(observed)));
      recorded.testLoss.push(square(unseen) / 2);
      recorded.testError.push(Math.sqrt(square(unseen)));
      recorded.predictors.push(Float64Array.from(w));
    }
    if (natural) {
      for (const k of observed) w[k] -= rate * (w[k] - truth[k]);
    } else if (depth === 1) {
      for (const k of observed) w[k] -= (rate / observed.length) * (w[k] - truth[k]);
    } else {
      const before = a.map((row) => Float64Array.from(row));
      for (const k of observed) {
        const [i, j] = [Math.floor(k / n), k % n];
        const residual = (rate / observed.length) * (w[k] - truth[k]);
        for (let r = 0; r < n; r++) a[i][r] -= residual * b[r][j];
        for (let r = 0; r < n; r++) b[r][j] -= residual * before[i][r];
      }
      w = product();
    }
  }
  return { recorded, truth, observed };
}
