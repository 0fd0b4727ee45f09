/** Symmetric matrices as row-major Float64Arrays of n × n. */

/**
 * The lower triangle L with A = L·Lᵀ, or undefined when A is not positive definite.
 *
 * @see G. H. Golub, C. F. Van Loan, "Matrix Computations", section 4.2
 * @internal
 */
export function cholesky(a: Float64Array, n: number): Float64Array | undefined {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]!;
      for (let p = 0, q = i * n, r = j * n; p < j; p++) sum -= l[q + p]! * l[r + p]!;
      if (i !== j) {
        l[i * n + j] = sum / l[j * n + j]!;
      } else {
        if (!(sum > 0)) return undefined;
        l[i * n + i] = Math.sqrt(sum);
      }
    }
  }
  return l;
}

/** A⁻¹ = L⁻ᵀ·L⁻¹ from the lower triangle L of A. @internal */
export function inverseFromCholesky(l: Float64Array, n: number): Float64Array {
  // Row i of `rows` is column i of L⁻¹: then the product below reads memory in its order.
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    rows[i * n + i] = 1 / l[i * n + i]!;
    for (let j = i + 1; j < n; j++) {
      let sum = 0;
      for (let p = i, q = j * n, r = i * n; p < j; p++) sum -= l[q + p]! * rows[r + p]!;
      rows[i * n + j] = sum / l[j * n + j]!;
    }
  }
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let p = i, q = i * n, r = j * n; p < n; p++) sum += rows[q + p]! * rows[r + p]!;
      inverse[i * n + j] = sum;
      inverse[j * n + i] = sum;
    }
  }
  return inverse;
}
