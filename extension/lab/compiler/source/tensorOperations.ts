/** The tensor operations of the module, recognized to report their use in scalar functions. */
export const tensorOperations = new Set<unknown>();
