/**
 * Products of matrices whose rows lie beside each other in memory: patches [rows, k] by filters [n, k]. All
 * convolutions and fully connected layers end here. Four filters at a time: each value of a patch, once
 * loaded, serves four sums.
 */

/** sums[i, j] = Σ a[i, p]·b[j, p] in int32. @internal */
export function multiplyIntegers(
  a: Int16Array,
  b: Int8Array,
  sums: Int32Array,
  rows: number,
  n: number,
  k: number,
): void {
  const whole = n & ~3;
  for (let i = 0; i < rows; i++) {
    const from = i * k;
    const to = i * n;
    for (let j = 0; j < whole; j += 4) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let b0 = j * k;
      let b1 = b0 + k;
      let b2 = b1 + k;
      let b3 = b2 + k;
      for (let p = from, end = from + k; p < end; p++) {
        const value = a[p]!;
        s0 = (s0 + Math.imul(value, b[b0++]!)) | 0;
        s1 = (s1 + Math.imul(value, b[b1++]!)) | 0;
        s2 = (s2 + Math.imul(value, b[b2++]!)) | 0;
        s3 = (s3 + Math.imul(value, b[b3++]!)) | 0;
      }
      sums[to + j] = s0;
      sums[to + j + 1] = s1;
      sums[to + j + 2] = s2;
      sums[to + j + 3] = s3;
    }
    for (let j = whole; j < n; j++) {
      let s = 0;
      for (let p = 0, q = j * k; p < k; p++) s = (s + Math.imul(a[from + p]!, b[q++]!)) | 0;
      sums[to + j] = s;
    }
  }
}

/**
 * sums[i, j] = Σ a[i, p]·b[j, p] in doubles: for floats, and for int16 by int8, whose sums below 2⁵³ are exact.
 * @internal
 */
export function multiplyFloats(
  a: Float32Array,
  b: Float32Array,
  sums: Float64Array,
  rows: number,
  n: number,
  k: number,
): void {
  const whole = n & ~3;
  for (let i = 0; i < rows; i++) {
    const from = i * k;
    const to = i * n;
    for (let j = 0; j < whole; j += 4) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let b0 = j * k;
      let b1 = b0 + k;
      let b2 = b1 + k;
      let b3 = b2 + k;
      for (let p = from, end = from + k; p < end; p++) {
        const value = a[p]!;
        s0 += value * b[b0++]!;
        s1 += value * b[b1++]!;
        s2 += value * b[b2++]!;
        s3 += value * b[b3++]!;
      }
      sums[to + j] = s0;
      sums[to + j + 1] = s1;
      sums[to + j + 2] = s2;
      sums[to + j + 3] = s3;
    }
    for (let j = whole; j < n; j++) {
      let s = 0;
      for (let p = 0, q = j * k; p < k; p++) s += a[from + p]! * b[q++]!;
      sums[to + j] = s;
    }
  }
}
