// Products with sparse matrices, and entries at given places.
typedef struct {
  const double *a, *b;
  double *out;
  const int32_t *rows, *columns;
  long length, inner;
} sampled;

enum { ENTRIES_PER_PART = 1024 };

static void sampled_part(void *task, long part) {
  const sampled *t = task;
  for (long e = part * ENTRIES_PER_PART; e < least(t->length, (part + 1) * ENTRIES_PER_PART); e++)
    t->out[e] = dot(t->inner, t->a + t->rows[e] * t->inner, t->b + t->columns[e] * t->inner);
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

enum { SPARSE_ROWS_PER_PART = 8 };

static void compressed_part(void *task, long part) {
  const compressed *t = task;
  for (long i = part * SPARSE_ROWS_PER_PART; i < least(t->rows, (part + 1) * SPARSE_ROWS_PER_PART); i++) {
    double *restrict out = t->out + i * t->width;
    memset(out, 0, sizeof(double) * t->width);
    long e = t->starts[i], end = t->starts[i + 1];
    for (; e + 4 <= end; e += 4) {
      double c[4];
      const double *r[4];
      for (int h = 0; h < 4; h++) c[h] = t->values[t->order[e + h]], r[h] = t->b + t->columns[e + h] * t->width;
      add_four(t->width, c, r, out);
    }
    for (; e < end; e++) {
      double c = t->values[t->order[e]];
      const double *r = t->b + t->columns[e] * t->width;
      for (long j = 0; j < t->width; j++) out[j] += c * r[j];
    }
  }
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
