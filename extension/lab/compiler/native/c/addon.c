// How JavaScript calls the program (Node-API, whose interface is stable): run(entry, memory, indices, times, threads).
// The declarations of Node-API that it takes; they are the same in every version of Node and Electron.
typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_callback_info__ *napi_callback_info;
typedef napi_value napi_callback(napi_env, napi_callback_info);
int napi_get_cb_info(napi_env, napi_callback_info, size_t *count, napi_value *arguments, napi_value *receiver, void **data);
int napi_get_typedarray_info(napi_env, napi_value, int *type, size_t *length, void **data, napi_value *buffer, size_t *offset);
int napi_get_value_int64(napi_env, napi_value, int64_t *);
int napi_create_int64(napi_env, int64_t, napi_value *);
int napi_create_function(napi_env, const char *name, size_t length, napi_callback *, void *data, napi_value *);
int napi_set_named_property(napi_env, napi_value object, const char *name, napi_value);

typedef void entry_t(double *m, const int32_t *ix, long threads);
ENTRIES

static void *numbers_of(napi_env env, napi_value array) {
  void *data = NULL;
  napi_get_typedarray_info(env, array, NULL, NULL, &data, NULL, NULL);
  return data;
}

static napi_value run(napi_env env, napi_callback_info info) {
  size_t count = 5;
  napi_value arguments[5];
  int64_t entry = 0, times = 0, threads = 1;
  napi_get_cb_info(env, info, &count, arguments, NULL, NULL);
  napi_get_value_int64(env, arguments[0], &entry);
  napi_get_value_int64(env, arguments[3], &times);
  napi_get_value_int64(env, arguments[4], &threads);
  double *memory = numbers_of(env, arguments[1]);
  const int32_t *indices = numbers_of(env, arguments[2]);
  for (int64_t t = 0; t < times; t++) entries[entry](memory, indices, threads);
  return NULL;
}

#if defined(__linux__)
enum { HUGE_PAGE = 1 << 21 };

// Large memory in large pages: it is touched for the first time, and looked up, once for each page.
static void enlarge_pages(char *from, size_t bytes) {
  char *first = from + (HUGE_PAGE - (uintptr_t)from % HUGE_PAGE) % HUGE_PAGE;
  if (first + HUGE_PAGE < from + bytes) madvise(first, (from + bytes - first) / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE);
}
#else
static void enlarge_pages(char *from, size_t bytes) {}
#endif

// Gets an array ready that has not been written to: bytes by which it lies behind a multiple of 64, a line of the cache.
static napi_value prepare(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value array, answer;
  size_t length = 0;
  void *data = NULL;
  napi_get_cb_info(env, info, &count, &array, NULL, NULL);
  napi_get_typedarray_info(env, array, NULL, &length, &data, NULL, NULL);
  enlarge_pages(data, sizeof(double) * length);
  napi_create_int64(env, (int64_t)((uintptr_t)data % 64), &answer);
  return answer;
}

__attribute__((visibility("default"))) napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  napi_value callee;
  napi_create_function(env, "run", SIZE_MAX, run, NULL, &callee);
  napi_set_named_property(env, exports, "run", callee);
  napi_create_function(env, "prepare", SIZE_MAX, prepare, NULL, &callee);
  napi_set_named_property(env, exports, "prepare", callee);
  return exports;
}
