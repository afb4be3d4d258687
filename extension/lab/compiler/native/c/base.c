// What all parts need: integers of fixed width, the vectors of this processor, and how work is shared among threads.
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

#if defined(__AVX512F__)
enum { LANES = 8 };
#elif defined(__AVX__)
enum { LANES = 4 };
#else
enum { LANES = 2 };
#endif
typedef double vec __attribute__((vector_size(8 * LANES)));
typedef double loose __attribute__((vector_size(8 * LANES), aligned(8)));

static inline vec load(const double *at) { return *(const loose *)at; }
static inline void store(double *at, vec value) { *(loose *)at = value; }

// a * b + c, rounded once where the processor can. Nothing else is fused: in u * u - v * v both products are rounded alike.
static inline vec fused(vec a, vec b, vec c) {
#if defined(__clang__)
#pragma clang fp contract(fast)
  return a * b + c;
#elif defined(__AVX512F__)
  return __builtin_ia32_vfmaddpd512_mask(a, b, c, -1, 4);
#elif defined(__FMA__)
  return __builtin_ia32_vfmaddpd256(a, b, c);
#elif defined(__aarch64__)
  return (vec){__builtin_fma(a[0], b[0], c[0]), __builtin_fma(a[1], b[1], c[1])};
#else
  return a * b + c;
#endif
}

// The same for numbers.
static inline double fused_one(double a, double b, double c) {
#if defined(__FMA__) || defined(__aarch64__)
  return __builtin_fma(a, b, c);
#else
  return a * b + c;
#endif
}

// The sum of the lanes, in pairs.
static inline double total(vec v) {
  double s[8] = {0};
  memcpy(s, &v, sizeof v);
  return ((s[0] + s[4]) + (s[1] + s[5])) + ((s[2] + s[6]) + (s[3] + s[7]));
}

static inline vec all(double x) { return x - (vec){0}; }
static inline long least(long a, long b) { return a < b ? a : b; }

// Threads that share the parts of one task. Which thread does which part changes no bit: parts do not depend on threads.
typedef void part_t(void *task, long part);

static struct {
  pthread_mutex_t one;    // held while a task is shared: another run that meets it works alone
  pthread_mutex_t lock;
  pthread_cond_t begun, done;
  part_t *run;
  void *task;
  long parts, helpers, asked, busy;
  atomic_long next;
  unsigned long round;
} pool = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, PTHREAD_COND_INITIALIZER};

static void work_off(void) {
  for (long part; (part = atomic_fetch_add(&pool.next, 1)) < pool.parts;) pool.run(pool.task, part);
}

static void *helper(void *number) {
  unsigned long seen = 0;
  pthread_mutex_lock(&pool.lock);
  for (;;) {
    while (pool.round == seen || (long)(intptr_t)number >= pool.asked) {
      seen = pool.round;
      pthread_cond_wait(&pool.begun, &pool.lock);
    }
    seen = pool.round;
    pthread_mutex_unlock(&pool.lock);
    work_off();
    pthread_mutex_lock(&pool.lock);
    if (--pool.busy == 0) pthread_cond_signal(&pool.done);
  }
  return NULL;
}

// Starts helpers until there are so many; fewer where the system refuses.
static long helpers_for(long wanted) {
  while (pool.helpers < wanted) {
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    int failed = pthread_create(&thread, &attributes, helper, (void *)(intptr_t)pool.helpers);
    pthread_attr_destroy(&attributes);
    if (failed) break;
    pool.helpers++;
  }
  return least(pool.helpers, wanted);
}

static void share(long threads, long parts, part_t *run, void *task) {
  if (threads < 2 || parts < 2 || pthread_mutex_trylock(&pool.one)) {
    for (long part = 0; part < parts; part++) run(task, part);
    return;
  }
  pthread_mutex_lock(&pool.lock);
  pool.run = run, pool.task = task, pool.parts = parts;
  atomic_store(&pool.next, 0);
  pool.asked = helpers_for(least(threads, parts) - 1);
  pool.busy = pool.asked;
  pool.round++;
  pthread_cond_broadcast(&pool.begun);
  pthread_mutex_unlock(&pool.lock);
  work_off();
  pthread_mutex_lock(&pool.lock);
  while (pool.busy > 0) pthread_cond_wait(&pool.done, &pool.lock);
  pthread_mutex_unlock(&pool.lock);
  pthread_mutex_unlock(&pool.one);
}
