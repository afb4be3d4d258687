// Elementary functions without branches, so that compilers vectorize loops over them. Each has an error below 2 ulp.
// exp and expm1 reduce by multiples of log 2 (Cody and Waite), log follows the reduction and polynomial of fdlibm,
// log1p corrects log(1 + x) by the rounding of 1 + x (Kahan).
#define LOG2E 0x1.71547652b82fep0
#define LN2_HIGH 0.6931471803691238
#define LN2_LOW 1.9082149292705877e-10
// Added to a number below 2^51, it leaves the rounded number in the low bits.
#define ROUNDER 0x1.8p52

static inline int64_t bits_of(double x) { int64_t bits; memcpy(&bits, &x, 8); return bits; }
static inline double of_bits(int64_t bits) { double x; memcpy(&x, &bits, 8); return x; }
static inline double power_of_two(int64_t k) { return of_bits((int64_t)((uint64_t)(k + 1023) << 52)); }
// In this order a NaN stays.
static inline double clamp(double x, double low, double high) { x = high < x ? high : x; return x < low ? low : x; }

// e^r - 1 for |r| <= log 2 / 2, by Taylor's polynomial of degree 13, even and odd powers apart.
static inline double exponential_series(double r) {
  double s = r * r;
  double even = fused_one(1.0 / 479001600, s, 1.0 / 3628800);
  even = fused_one(even, s, 1.0 / 40320);
  even = fused_one(even, s, 1.0 / 720);
  even = fused_one(even, s, 1.0 / 24);
  even = fused_one(even, s, 1.0 / 2);
  double odd = fused_one(1.0 / 6227020800, s, 1.0 / 39916800);
  odd = fused_one(odd, s, 1.0 / 362880);
  odd = fused_one(odd, s, 1.0 / 5040);
  odd = fused_one(odd, s, 1.0 / 120);
  odd = fused_one(odd, s, 1.0 / 6);
  return fused_one(fused_one(odd, r, even), s, r);
}

static inline double f_exp(double input) {
  double x = clamp(input, -746, 710), k = x * LOG2E + ROUNDER, whole = k - ROUNDER;
  double r = x - whole * LN2_HIGH - whole * LN2_LOW;
  int64_t n = bits_of(k) - bits_of(ROUNDER), half = n >> 1;
  // In two factors, so that results near the ends of the range are subnormal or infinite, not wrong.
  return (exponential_series(r) + 1) * power_of_two(half) * power_of_two(n - half);
}

static inline double f_expm1(double input) {
  double x = clamp(input, -40, 700), k = x * LOG2E + ROUNDER, whole = k - ROUNDER;
  double r = x - whole * LN2_HIGH - whole * LN2_LOW;
  int64_t n = bits_of(k) - bits_of(ROUNDER), half = n >> 1;
  double scale = power_of_two(half) * power_of_two(n - half);
  double value = exponential_series(r) * scale + (scale - 1);
  return copysign(input > 700 ? f_exp(input) : value, input);
}

static inline double f_log(double input) {
  int small = input < 0x1p-1022;
  double x = small ? input * 0x1p54 : input;
  // x = 2^k (1 + f) with sqrt(1/2) < 1 + f <= sqrt(2).
  int64_t exponent = (bits_of(x) - 0x3fe6a09e667f3bcd) >> 52;
  double f = of_bits(bits_of(x) - (int64_t)((uint64_t)exponent << 52)) - 1;
  double k = of_bits(exponent + bits_of(ROUNDER)) - ROUNDER - (small ? 54.0 : 0.0);
  double s = f / (f + 2), z = s * s, h = f * f * 0.5;
  double p = 0.14798198605116586;
  p = p * z + 0.15313837699209373;
  p = p * z + 0.1818357216161805;
  p = p * z + 0.22222198432149784;
  p = p * z + 0.2857142874366239;
  p = p * z + 0.3999999999940942;
  p = p * z + 0.6666666666666735;
  double value = k * LN2_HIGH + ((s * (h + p * z) + k * LN2_LOW) - h + f);
  value = input < INFINITY ? value : input;
  value = input == 0 ? -INFINITY : value;
  return input < 0 ? (double)NAN : value;
}

static inline double f_log1p(double x) {
  double u = x + 1, rough = f_log(u), value = rough + (x - (u - 1)) / u;
  return copysign(u == 0 || u == INFINITY ? rough : value, u < 0 ? u : x);
}

static inline double f_sigmoid(double x) {
  double e = f_exp(-fabs(x));
  return (x >= 0 ? 1 : x != x ? x : e) / (1 + e);
}

static inline double f_softplus(double x) { return (x > 0 ? x : x != x ? x : 0) + f_log1p(f_exp(-fabs(x))); }

// |x| + |x|^3 P(x^2) / Q(x^2) below 0.625 (the rational approximation of Cephes), else 1 - 2 / (e^{2|x|} + 1).
static inline double f_tanh(double input) {
  double size = fabs(input), s = size * size;
  double p = (-0.9643991794250523 * s + -99.28772310019185) * s + -1614.6876844170845;
  double q = ((s + 112.81167849163293) * s + 2235.4883906010045) * s + 4844.063053251255;
  double twice = clamp(size + size, 0, 44), k = twice * LOG2E + ROUNDER, whole = k - ROUNDER;
  double r = twice - whole * LN2_HIGH - whole * LN2_LOW, scale = power_of_two(bits_of(k) - bits_of(ROUNDER));
  double denominator = exponential_series(r) * scale + (scale + 1);
  int small = size < 0.625;
  double value = (small ? size : 1) + (small ? p * s * size : -2) / (small ? q : denominator);
  return copysign(input != input ? input : value, input);
}

static inline double f_sign(double x) { return x > 0 ? 1 : x < 0 ? -1 : x; }
// As in JavaScript: halves are rounded up, and what is rounded to 0 keeps its sign.
static inline double f_round(double x) { double low = floor(x); return copysign(x - low >= 0.5 ? low + 1 : low, x); }
// A NaN among the operands is the result, and -0 is below 0.
static inline double f_min(double a, double b) {
  double equal = of_bits(bits_of(a) | bits_of(b));
  return a < b ? a : b < a ? b : a != a ? a : b != b ? b : equal;
}
static inline double f_max(double a, double b) {
  double equal = of_bits(bits_of(a) & bits_of(b));
  return a > b ? a : b > a ? b : a != a ? a : b != b ? b : equal;
}
// C99 says that 1 to any power is 1; JavaScript says NaN where the exponent is not finite.
static inline double f_power(double a, double b) {
  return b != b || (fabs(a) == 1 && isinf(b)) ? (double)NAN : pow(a, b);
}
