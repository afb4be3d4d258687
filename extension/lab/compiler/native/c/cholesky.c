// The Cholesky factorization, blocked: a panel of columns, then its product from what is right of it.
enum { PANEL = 96 };

typedef struct {
  double *a;
  long n, j, panel;
} below;

enum { PANEL_ROWS_PER_PART = 32 };

// Rows below the panel: x of x L^T = a, with L the panel's triangle.
static void below_part(void *task, long part) {
  const below *t = task;
  long first = t->j + t->panel, n = t->n;
  const double *triangle = t->a + t->j * n + t->j;
  for (long i = first + part * PANEL_ROWS_PER_PART; i < least(n, first + (part + 1) * PANEL_ROWS_PER_PART); i++) {
    double *row = t->a + i * n + t->j;
    for (long c = 0; c < t->panel; c++) row[c] = (row[c] - dot(c, row, triangle + c * n)) / triangle[c * n + c];
  }
}

// a = L L^T in place, lower triangle. Returns 0 at a pivot that is not above its share of the diagonal entry.
static int factor(double *a, long n, long threads) {
  for (long i = 0; i < n; i++) if (!(a[i * n + i] > 0)) return 0;
  double *before = malloc(sizeof(double) * n);
  if (!before) abort();
  for (long i = 0; i < n; i++) before[i] = a[i * n + i];
  int is_positive = 1;
  for (long j = 0; j < n && is_positive; j += PANEL) {
    long panel = least(PANEL, n - j), rest = n - j - panel;
    double *triangle = a + j * n + j;
    for (long c = 0; c < panel && is_positive; c++) {
      double *row = triangle + c * n;
      for (long d = 0; d < c; d++) row[d] = (row[d] - dot(d, row, triangle + d * n)) / triangle[d * n + d];
      double pivot = row[c] - dot(c, row, row);
      is_positive = pivot > SMALLEST_PIVOT * before[j + c];
      row[c] = sqrt(pivot);
    }
    if (!is_positive || rest == 0) continue;
    below t = {a, n, j, panel};
    long size = rest * panel * panel;
    share(size < WORTH_SHARING ? 1 : threads, (rest + PANEL_ROWS_PER_PART - 1) / PANEL_ROWS_PER_PART, below_part, &t);
    const double *under = a + (j + panel) * n + j;
    view left = {under, n, 1}, right = {under, 1, n};
    product minus = {.m = rest, .n = rest, .k = panel, .a = left, .out = a + (j + panel) * (n + 1), .row = n,
                     .sign = -1, .added = 1, .lower = 1};
    multiply_blocks(minus, right, threads);
  }
  free(before);
  return is_positive;
}

// The lower triangle of out; NaN where a is not of full rank.
static void cholesky(const double *a, double *out, long n, long threads) {
  for (long i = 0; i < n; i++) memcpy(out + i * n, a + i * n, sizeof(double) * (i + 1));
  if (factor(out, n, threads)) return;
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
