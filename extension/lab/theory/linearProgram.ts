/** min ⟨cost, x⟩ subject to rowLower ≤ A x ≤ rowUpper and lower ≤ x ≤ upper; bounds may be infinite. */
export interface LinearProgram {
  /** [columns] */
  cost: Float64Array;
  /** A, row-major [rows, columns]. */
  matrix: Float64Array;
  /** [rows] */
  rowLower: Float64Array;
  rowUpper: Float64Array;
  /** [columns] */
  lower: Float64Array;
  upper: Float64Array;
}
