// Entries of a sum of Kronecker products. A term with an identity is added where it is not zero, and only there.
typedef struct {
  double *out;
  const int32_t *rows, *columns, *row_starts, *row_order, *column_starts, *column_order;
  const double *const *left, *const *right;    // the terms A (x) B
  const double *const *in_row;                 // B of the terms I (x) B
  const double *const *in_column;              // A of the terms A (x) I
  long count, height, width, dense, in_rows, in_columns, identities;
} kroneckers;

enum { KRONECKER_ROWS_PER_PART = 16 };

// Row e of the result.
static void kronecker_row(const kroneckers *t, long e) {
  double *restrict out = t->out + e * t->count;
  long i = t->rows[e], j = t->columns[e];
  memset(out, 0, sizeof(double) * t->count);
  for (long g = t->row_starts[i]; g < t->row_starts[i + 1]; g++) {
    long f = t->row_order[g];
    for (long d = 0; d < t->in_rows; d++) out[f] += t->in_row[d][j * t->width + t->columns[f]];
  }
  for (long d = 0; d < t->dense; d++) {
    const double *a = t->left[d] + i * t->height, *b = t->right[d] + j * t->width;
#pragma omp simd
    for (long f = 0; f < t->count; f++) out[f] += a[t->rows[f]] * b[t->columns[f]];
  }
  for (long g = t->column_starts[j]; g < t->column_starts[j + 1]; g++) {
    long f = t->column_order[g];
    for (long d = 0; d < t->in_columns; d++) out[f] += t->in_column[d][i * t->height + t->rows[f]];
    if (t->rows[f] == i) out[f] += t->identities;
  }
}

static void kronecker_part(void *task, long part) {
  const kroneckers *t = task;
  long last = least(t->count, (part + 1) * KRONECKER_ROWS_PER_PART);
  for (long e = part * KRONECKER_ROWS_PER_PART; e < last; e++) kronecker_row(t, e);
}

// out[e, f] = sum over the terms of A[row e, row f] B[column e, column f].
static void kronecker(kroneckers t, long threads) {
  long parts = (t.count + KRONECKER_ROWS_PER_PART - 1) / KRONECKER_ROWS_PER_PART;
  share(t.count * t.count < WORTH_SHARING ? 1 : threads, parts, kronecker_part, &t);
}
