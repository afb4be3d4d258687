/** The module's operations on whole tensors: a function of single numbers that calls one has mistaken them for `Math`'s. */
export const tensorOperations = new Set<unknown>();
