// Products of matrices: blocked for the registers and the caches, in parts that threads share.
// op(a) is m x k and op(b) k x n, each with the distances of its rows and columns in memory.
enum { TALL = LANES == 8 ? 12 : LANES == 4 ? 5 : 8, WIDE = 2 * LANES, DEEP = 256, HIGH = 12 * TALL, BROAD = 2048 / WIDE * WIDE };
// Below so many multiplications a task is not worth a second thread.
enum { WORTH_SHARING = 1 << 20 };

typedef struct {
  const double *at;
  long row, column;
} view;

// Entries that are copied along a line of the cache, where the matrix lies across the strip.
enum { LINE = 8 };

// A strip of `width` lines of a matrix, each of `depth` numbers: into[q * room + t] = from[t * apart + q * along].
// Lines that are missing are zeros.
static inline void pack_strip(const double *from, long apart, long along, long width, long room, long depth, double *into) {
  if (width < room) memset(into, 0, sizeof(double) * room * depth);
  if (apart == 1) {
    for (long q = 0; q < depth; q++)
      for (long t = 0; t < width; t++) into[q * room + t] = from[q * along + t];
    return;
  }
  long first = 0;
  for (; first + LINE <= depth; first += LINE)
    for (long t = 0; t < width; t++) {
      const double *line = from + t * apart + first * along;
      double *to = into + first * room + t;
#pragma GCC unroll 8
      for (long q = 0; q < LINE; q++) to[q * room] = line[q * along];
    }
  for (long q = first; q < depth; q++)
    for (long t = 0; t < width; t++) into[q * room + t] = from[t * apart + q * along];
}

// Rows [i, i + rows) and columns [p, p + depth) of op(a), in strips of TALL rows.
static void pack_rows(view a, long i, long rows, long p, long depth, double *into) {
  for (long r = 0; r < rows; r += TALL, into += TALL * depth)
    pack_strip(a.at + (i + r) * a.row + p * a.column, a.row, a.column, least(TALL, rows - r), TALL, depth, into);
}

// A block of TALL x WIDE sums, which stay in registers.
static inline void block(long depth, const double *a, const double *b, vec sums[TALL][2]) {
  vec s[TALL][2];
  for (int t = 0; t < TALL; t++) s[t][0] = s[t][1] = (vec){0};
  for (long q = 0; q < depth; q++, a += TALL, b += WIDE) {
    vec left = load(b), right = load(b + LANES);
#pragma GCC unroll 16
    for (int t = 0; t < TALL; t++) s[t][0] = fused(all(a[t]), left, s[t][0]), s[t][1] = fused(all(a[t]), right, s[t][1]);
  }
  for (int t = 0; t < TALL; t++) sums[t][0] = s[t][0], sums[t][1] = s[t][1];
}

typedef struct {
  long m, n, k, p, depth, j, columns;
  view a;
  view b;
  double *packed;
  double *out;
  long row, height;
  double sign;      // 1, or -1 to subtract
  int added;        // whether the sums are added to what is there
  int lower;        // whether only blocks that touch the lower triangle are wanted
} product;

// Rows [p, p + depth) and WIDE columns of op(b).
static void packing_part(void *task, long part) {
  const product *t = task;
  long c = part * WIDE, wide = least(WIDE, t->columns - c);
  pack_strip(t->b.at + t->p * t->b.row + (t->j + c) * t->b.column, t->b.column, t->b.row, wide, WIDE, t->depth,
             t->packed + c * t->depth);
}

static void product_part(void *task, long part) {
  const product *t = task;
  long i = part * t->height, rows = least(t->height, t->m - i);
  static _Thread_local double *strips;
  if (!strips && posix_memalign((void **)&strips, 64, sizeof(double) * HIGH * DEEP)) abort();
  pack_rows(t->a, i, rows, t->p, t->depth, strips);
  for (long c = 0; c < t->columns; c += WIDE) {
    long wide = least(WIDE, t->columns - c);
    for (long r = 0; r < rows; r += TALL) {
      long tall = least(TALL, rows - r);
      if (t->lower && t->j + c > i + r + tall - 1) continue;
      vec sums[TALL][2];
      block(t->depth, strips + r * t->depth, t->packed + c * t->depth, sums);
      double *to = t->out + (i + r) * t->row + t->j + c;
      vec sign = all(t->sign);
      if (wide == WIDE) {
        for (long y = 0; y < tall; y++, to += t->row)
          for (int h = 0; h < 2; h++)
            store(to + h * LANES, t->added ? load(to + h * LANES) + sign * sums[y][h] : sign * sums[y][h]);
      } else {
        for (long y = 0; y < tall; y++, to += t->row)
          for (long x = 0; x < wide; x++) {
            double sum = t->sign * sums[y][x / LANES][x % LANES];
            to[x] = t->added ? to[x] + sum : sum;
          }
      }
    }
  }
}

static void multiply_blocks(product t, view b, long threads) {
  if (t.m * t.n * t.k < WORTH_SHARING) threads = 1;
  if (posix_memalign((void **)&t.packed, 64, sizeof(double) * DEEP * (least(BROAD, t.n) + WIDE))) abort();
  t.b = b;
  // Equal work for all threads: equal parts, or many where the lower ones are longer. Their heights change no sum.
  long shares = t.lower ? 4 * threads : threads, parts = ((t.m + HIGH - 1) / HIGH + shares - 1) / shares * shares;
  t.height = ((t.m + parts - 1) / parts + TALL - 1) / TALL * TALL;
  int added = t.added;
  for (long j = 0; j < t.n; j += BROAD) {
    t.j = j, t.columns = least(BROAD, t.n - j);
    for (long p = 0; p < t.k; p += DEEP) {
      t.p = p, t.depth = least(DEEP, t.k - p), t.added = added || p > 0;
      share(threads, (t.columns + WIDE - 1) / WIDE, packing_part, &t);
      share(threads, (t.m + t.height - 1) / t.height, product_part, &t);
    }
  }
  free(t.packed);
}

typedef struct {
  double *at;
  long n;
} square;

enum { MIRRORED = 32, MIRRORED_PER_PART = 2 * MIRRORED };

// Copies rows of the lower triangle to columns of the upper one, block by block.
static void mirror_part(void *task, long part) {
  const square *t = task;
  double *out = t->at;
  long n = t->n, first = part * MIRRORED_PER_PART;
  for (long i = first; i < least(n, first + MIRRORED_PER_PART); i += MIRRORED)
    for (long j = 0; j <= i; j += MIRRORED)
      for (long y = i; y < least(i + MIRRORED, n); y++)
        for (long x = j; x < least(j + MIRRORED, y); x++) out[x * n + y] = out[y * n + x];
}

// out = op(a) op(b). A product of a matrix with its own transpose is computed in its lower triangle and mirrored.
static void multiply(long m, long k, long n, view a, view b, double *out, long threads) {
  int is_square = a.at == b.at && m == n && a.row == b.column && a.column == b.row;
  multiply_blocks((product){.m = m, .n = n, .k = k, .a = a, .out = out, .row = n, .sign = 1, .lower = is_square}, b, threads);
  if (!is_square) return;
  square t = {out, n};
  share(n * n < WORTH_SHARING / 4 ? 1 : threads, (n + MIRRORED_PER_PART - 1) / MIRRORED_PER_PART, mirror_part, &t);
}

// The same for small matrices, whose sizes the compiler knows. b has rows without gaps. Vectors are written out: GCC 12
// loses the results of such loops over arrays of its own when it vectorizes them.
static inline void multiply_small(long m, long k, long n, view a, const double *b, double *out) {
  for (long i = 0; i < m; i++, out += n) {
    const double *left = a.at + i * a.row;
    long j = 0;
    for (; j + 2 * LANES <= n; j += 2 * LANES) {
      vec s = {0}, t = {0};
      for (long p = 0; p < k; p++) {
        vec c = all(left[p * a.column]);
        s = fused(c, load(b + p * n + j), s), t = fused(c, load(b + p * n + j + LANES), t);
      }
      store(out + j, s), store(out + j + LANES, t);
    }
    for (; j + LANES <= n; j += LANES) {
      vec s = {0};
      for (long p = 0; p < k; p++) s = fused(all(left[p * a.column]), load(b + p * n + j), s);
      store(out + j, s);
    }
    for (; j < n; j++) {
      double s = 0;
      for (long p = 0; p < k; p++) s += left[p * a.column] * b[p * n + j];
      out[j] = s;
    }
  }
}

static inline double dot(long n, const double *a, const double *b) {
  vec s[4] = {0};
  long p = 0;
  for (; p + 4 * LANES <= n; p += 4 * LANES)
    for (int h = 0; h < 4; h++) s[h] = fused(load(a + p + h * LANES), load(b + p + h * LANES), s[h]);
  for (; p + LANES <= n; p += LANES) s[0] = fused(load(a + p), load(b + p), s[0]);
  double sum = total((s[0] + s[1]) + (s[2] + s[3]));
  for (; p < n; p++) sum += a[p] * b[p];
  return sum;
}

// The products of b with four rows of a, which lie so far apart.
static inline void dot_four(long n, const double *a, long apart, const double *b, double *out) {
  const double *r[4] = {a, a + apart, a + 2 * apart, a + 3 * apart};
  vec s[4] = {0};
  long p = 0;
  for (; p + LANES <= n; p += LANES)
    for (int h = 0; h < 4; h++) s[h] = fused(load(r[h] + p), load(b + p), s[h]);
  for (int h = 0; h < 4; h++) out[h] = total(s[h]);
  for (; p < n; p++)
    for (int h = 0; h < 4; h++) out[h] += r[h][p] * b[p];
}

typedef struct {
  long rows, columns;
  const double *a, *b;
  double *out;
} vector_product;

enum { ROWS_PER_PART = 64, COLUMNS_PER_PART = 512 };

static void times_vector_part(void *task, long part) {
  const vector_product *t = task;
  long n = t->columns, i = part * ROWS_PER_PART, last = least(t->rows, i + ROWS_PER_PART);
  for (; i + 4 <= last; i += 4) dot_four(n, t->a + i * n, n, t->b, t->out + i);
  for (; i < last; i++) t->out[i] = dot(n, t->a + i * n, t->b);
}

// out [rows] = a [rows, columns] b.
static void times_vector(long rows, long columns, const double *a, const double *b, double *out, long threads) {
  vector_product t = {rows, columns, a, b, out};
  share(rows * columns < WORTH_SHARING / 8 ? 1 : threads, (rows + ROWS_PER_PART - 1) / ROWS_PER_PART, times_vector_part, &t);
}

// out += c[0] r[0] + ... + c[3] r[3], of n entries.
static inline void add_four(long n, const double c[4], const double *const r[4], double *out) {
  long j = 0;
  vec v[4] = {all(c[0]), all(c[1]), all(c[2]), all(c[3])};
  for (; j + LANES <= n; j += LANES) {
    vec sum = load(out + j);
    for (int h = 0; h < 4; h++) sum = fused(v[h], load(r[h] + j), sum);
    store(out + j, sum);
  }
  for (; j < n; j++) out[j] += (c[0] * r[0][j] + c[1] * r[1][j]) + (c[2] * r[2][j] + c[3] * r[3][j]);
}

static void transposed_times_vector_part(void *task, long part) {
  const vector_product *t = task;
  long from = part * COLUMNS_PER_PART, count = least(COLUMNS_PER_PART, t->columns - from), p = 0;
  double *out = t->out + from;
  memset(out, 0, sizeof(double) * count);
  for (; p + 4 <= t->rows; p += 4) {
    const double *r = t->a + p * t->columns + from;
    add_four(count, t->b + p, (const double *[]){r, r + t->columns, r + 2 * t->columns, r + 3 * t->columns}, out);
  }
  for (; p < t->rows; p++)
    for (long i = 0; i < count; i++) out[i] += t->b[p] * t->a[p * t->columns + from + i];
}

// out [columns] = a^T b with a [rows, columns].
static void transposed_times_vector(long rows, long columns, const double *a, const double *b, double *out, long threads) {
  vector_product t = {rows, columns, a, b, out};
  long parts = (columns + COLUMNS_PER_PART - 1) / COLUMNS_PER_PART;
  share(rows * columns < WORTH_SHARING / 8 ? 1 : threads, parts, transposed_times_vector_part, &t);
}
