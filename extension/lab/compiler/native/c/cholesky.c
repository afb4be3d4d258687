// The Cholesky factorization, recursively: the left half of the columns, its product from the right half, the right half.
enum { NARROW = 24, NARROW_ROWS_PER_PART = 32 };

typedef struct {
  double *a;
  long n, threads;
  const double *diagonal;
} matrix;

typedef struct {
  double *a;
  long n, j, width;
  double right[NARROW][NARROW];   // column c of L below its diagonal entry
  double reciprocal[NARROW];      // of the diagonal
} strip;

// x of x L^T = a for rows below a narrow triangle L. Each entry waits for the one before: a row in each lane.
static inline __attribute__((always_inline)) void below_rows(const strip *t, long i, long rows, long width) {
  double *a = t->a + i * t->n + t->j, lanes[NARROW][LANES] = {0};
  vec x[NARROW];
  for (long r = 0; r < rows; r++)
    for (long c = 0; c < width; c++) lanes[c][r] = a[r * t->n + c];
#pragma GCC unroll 32
  for (long c = 0; c < width; c++) x[c] = load(lanes[c]);
#pragma GCC unroll 32
  for (long c = 0; c < width; c++) {
    x[c] *= all(t->reciprocal[c]);
    vec minus = -x[c];
#pragma GCC unroll 32
    for (long d = c + 1; d < width; d++) x[d] = fused(minus, all(t->right[c][d]), x[d]);
  }
#pragma GCC unroll 32
  for (long c = 0; c < width; c++) store(lanes[c], x[c]);
  for (long r = 0; r < rows; r++)
    for (long c = 0; c < width; c++) a[r * t->n + c] = lanes[c][r];
}

static void below_part(void *task, long part) {
  const strip *t = task;
  long first = t->j + t->width + part * NARROW_ROWS_PER_PART, last = least(t->n, first + NARROW_ROWS_PER_PART);
  for (long i = first; i < last; i += LANES) {
    long rows = least(LANES, last - i);
    if (t->width == NARROW && rows == LANES) below_rows(t, i, LANES, NARROW);
    else below_rows(t, i, rows, t->width);
  }
}

static int factor_narrow(const matrix *m, long j, long width) {
  long n = m->n, rest = n - j - width;
  double *triangle = m->a + j * (n + 1);
  for (long c = 0; c < width; c++) {
    double *row = triangle + c * n;
    for (long d = 0; d < c; d++) row[d] = (row[d] - dot(d, row, triangle + d * n)) / triangle[d * n + d];
    double pivot = row[c] - dot(c, row, row);
    if (!(pivot > SMALLEST_PIVOT * m->diagonal[j + c])) return 0;
    row[c] = sqrt(pivot);
  }
  if (rest == 0) return 1;
  strip t = {m->a, n, j, width};
  for (long c = 0; c < width; c++) {
    t.reciprocal[c] = 1 / triangle[c * (n + 1)];
    for (long d = c + 1; d < width; d++) t.right[c][d] = triangle[d * n + c];
  }
  long threads = rest * width * width < WORTH_SHARING ? 1 : m->threads;
  share(threads, (rest + NARROW_ROWS_PER_PART - 1) / NARROW_ROWS_PER_PART, below_part, &t);
  return 1;
}

// Columns [j, j + width) of L, from the rows j on. Returns 0 at a pivot that is not above its share of the diagonal entry.
static int factor_columns(const matrix *m, long j, long width) {
  if (width <= NARROW) return factor_narrow(m, j, width);
  long n = m->n, half = (width / 2 + NARROW - 1) / NARROW * NARROW, next = j + half;
  if (!factor_columns(m, j, half)) return 0;
  const double *under = m->a + next * n + j;
  product minus = {.m = n - next, .n = width - half, .k = half, .a = {under, n, 1}, .out = m->a + next * (n + 1),
                   .row = n, .sign = -1, .added = 1, .lower = 1};
  multiply_blocks(minus, (view){under, 1, n}, m->threads);
  return factor_columns(m, next, width - half);
}

// The lower triangle of out; NaN where a is not of full rank.
static void cholesky(const double *a, double *out, long n, long threads) {
  for (long i = 0; i < n; i++) memcpy(out + i * n, a + i * n, sizeof(double) * (i + 1));
  double *diagonal = malloc(sizeof(double) * n);
  if (!diagonal) abort();
  for (long i = 0; i < n; i++) diagonal[i] = a[i * (n + 1)];
  int is_positive = factor_columns(&(matrix){out, n, threads, diagonal}, 0, n);
  free(diagonal);
  if (is_positive) return;
  for (long i = 0; i < n; i++)
    for (long j = 0; j <= i; j++) out[i * n + j] = NAN;
}

// out = x of L L^T x = b.
static void solve_cholesky(const double *l, const double *b, double *out, long n) {
  memcpy(out, b, sizeof(double) * n);
  for (long i = 0; i < n; i++) out[i] = (out[i] - dot(i, l + i * n, out)) / l[i * n + i];
  for (long i = n - 1; i >= 0; i--) {
    double x = out[i] / l[i * n + i];
    const double *row = l + i * n;
    out[i] = x;
    for (long k = 0; k < i; k++) out[k] -= row[k] * x;
  }
}
