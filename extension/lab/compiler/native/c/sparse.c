// Products with sparse matrices, and entries at given places.
typedef struct {
  const double *a, *b;
  double *out;
  const int32_t *rows, *columns;
  long length, inner;
} sampled;

enum { ENTRIES_PER_PART = 1024 };

// Entries come row after row, so that a row of a stays in the cache. Four of them at once.
static void sampled_part(void *task, long part) {
  const sampled *t = task;
  long n = t->inner, e = part * ENTRIES_PER_PART, last = least(t->length, e + ENTRIES_PER_PART);
  for (; e + 4 <= last; e += 4) {
    const double *a[4], *b[4];
    for (int h = 0; h < 4; h++) a[h] = t->a + t->rows[e + h] * n, b[h] = t->b + t->columns[e + h] * n;
    vec s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0};
    long p = 0;
    for (; p + LANES <= n; p += LANES) {
      s0 = fused(load(a[0] + p), load(b[0] + p), s0), s1 = fused(load(a[1] + p), load(b[1] + p), s1);
      s2 = fused(load(a[2] + p), load(b[2] + p), s2), s3 = fused(load(a[3] + p), load(b[3] + p), s3);
    }
    double sums[4] = {total(s0), total(s1), total(s2), total(s3)};
    for (; p < n; p++)
      for (int h = 0; h < 4; h++) sums[h] += a[h][p] * b[h][p];
    memcpy(t->out + e, sums, sizeof sums);
  }
  for (; e < last; e++) t->out[e] = dot(n, t->a + t->rows[e] * n, t->b + t->columns[e] * n);
}

// out[e] = a[rows[e]] . b[columns[e]].
static void sampled_multiply(sampled t, long threads) {
  long parts = (t.length + ENTRIES_PER_PART - 1) / ENTRIES_PER_PART;
  share(t.length * t.inner < WORTH_SHARING ? 1 : threads, parts, sampled_part, &t);
}

typedef struct {
  const double *values, *b;
  double *out;
  const int32_t *starts, *columns, *order;
  long rows, width;
} compressed;

enum { SPARSE_ROWS_PER_PART = 32, STRIP_WIDTH = 8 * LANES };

// Columns [j, j + STRIP_WIDTH) of a row of S b, whose sums stay in registers.
static inline void compressed_strip(const compressed *t, long i, long j) {
  vec s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0}, s4 = {0}, s5 = {0}, s6 = {0}, s7 = {0};
  for (long e = t->starts[i]; e < t->starts[i + 1]; e++) {
    vec c = all(t->values[t->order[e]]);
    const double *r = t->b + t->columns[e] * t->width + j;
    s0 = fused(c, load(r), s0), s1 = fused(c, load(r + LANES), s1);
    s2 = fused(c, load(r + 2 * LANES), s2), s3 = fused(c, load(r + 3 * LANES), s3);
    s4 = fused(c, load(r + 4 * LANES), s4), s5 = fused(c, load(r + 5 * LANES), s5);
    s6 = fused(c, load(r + 6 * LANES), s6), s7 = fused(c, load(r + 7 * LANES), s7);
  }
  double *out = t->out + i * t->width + j;
  store(out, s0), store(out + LANES, s1), store(out + 2 * LANES, s2), store(out + 3 * LANES, s3);
  store(out + 4 * LANES, s4), store(out + 5 * LANES, s5), store(out + 6 * LANES, s6), store(out + 7 * LANES, s7);
}

// The columns of a row from j on.
static inline void compressed_rest(const compressed *t, long i, long j) {
  double *restrict out = t->out + i * t->width;
  for (; j + LANES <= t->width; j += LANES) {
    vec s = {0};
    for (long e = t->starts[i]; e < t->starts[i + 1]; e++)
      s = fused(all(t->values[t->order[e]]), load(t->b + t->columns[e] * t->width + j), s);
    store(out + j, s);
  }
  for (; j < t->width; j++) {
    double s = 0;
    for (long e = t->starts[i]; e < t->starts[i + 1]; e++)
      s += t->values[t->order[e]] * t->b[t->columns[e] * t->width + j];
    out[j] = s;
  }
}

// A strip of b after the other, which stays in the cache for all rows of the part.
static void compressed_part(void *task, long part) {
  const compressed *t = task;
  long first = part * SPARSE_ROWS_PER_PART, last = least(t->rows, first + SPARSE_ROWS_PER_PART), j = 0;
  for (; j + STRIP_WIDTH <= t->width; j += STRIP_WIDTH)
    for (long i = first; i < last; i++) compressed_strip(t, i, j);
  if (j < t->width)
    for (long i = first; i < last; i++) compressed_rest(t, i, j);
}

// out [rows, width] = S b with S in compressed rows.
static void compressed_multiply(compressed t, long threads) {
  long parts = (t.rows + SPARSE_ROWS_PER_PART - 1) / SPARSE_ROWS_PER_PART;
  share(t.starts[t.rows] * t.width < WORTH_SHARING ? 1 : threads, parts, compressed_part, &t);
}

typedef struct {
  const double *a;
  double *out;
  const int32_t *indices;
  long length;
} gathered;

enum { GATHERED_PER_PART = 65536 };

static void gather_part(void *task, long part) {
  const gathered *t = task;
  long last = least(t->length, (part + 1) * GATHERED_PER_PART);
  for (long i = part * GATHERED_PER_PART; i < last; i++) t->out[i] = t->a[t->indices[i]];
}

// out[i] = a[indices[i]].
static void gather(gathered t, long threads) {
  share(threads, (t.length + GATHERED_PER_PART - 1) / GATHERED_PER_PART, gather_part, &t);
}
