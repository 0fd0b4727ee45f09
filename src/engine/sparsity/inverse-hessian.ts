/**
 * The inverse of a Hessian H = α·I + mean x·xᵀ, built up one vector after the other: it is never inverted. Double
 * precision, since it begins with 1/α, a million and more; of the symmetric matrix the lower triangle is kept.
 *
 * @see B. Hassibi, D. G. Stork, "Second order derivatives for network pruning: Optimal Brain Surgeon", NIPS 5, 1993
 * @internal
 */
export class InverseHessian {
  readonly size: number;
  readonly #values: Float64Array;

  /** H⁻¹ = I/α. */
  constructor(size: number, alpha: number) {
    this.size = size;
    this.#values = new Float64Array(size * size);
    for (let i = 0; i < size; i++) this.#values[i * size + i] = 1 / alpha;
  }

  /** Adds x·xᵀ/count to H: H⁻¹ ← H⁻¹ − v·vᵀ/(count + xᵀ·v), v = H⁻¹·x. */
  add(x: Float64Array, count: number): void {
    const v = this.#times(x);
    let denominator = count;
    for (let i = 0; i < this.size; i++) denominator += x[i]! * v[i]!;
    this.#subtract(v, denominator);
  }

  /** Column q, which is row q too. */
  column(q: number): Float64Array {
    const { size } = this;
    return Float64Array.from({ length: size }, (_, i) =>
      i < q ? this.#values[q * size + i]! : this.#values[i * size + q]!,
    );
  }

  diagonal(q: number): number {
    return this.#values[q * this.size + q]!;
  }

  /** Takes row and column q out of H: for all others H⁻¹ ← H⁻¹ − c·cᵀ/c_q, c being column q. */
  remove(q: number): void {
    const { size } = this;
    const c = this.column(q);
    this.#subtract(c, c[q]!);
    // What is left there is rounding.
    for (let i = 0; i < q; i++) this.#values[q * size + i] = 0;
    for (let i = q; i < size; i++) this.#values[i * size + q] = 0;
  }

  #times(x: Float64Array): Float64Array {
    const { size } = this;
    const values = this.#values;
    const product = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      const own = x[i]!;
      let sum = values[i * size + i]! * own;
      for (let j = 0, at = i * size; j < i; j++, at++) {
        const value = values[at]!;
        sum += value * x[j]!;
        product[j] = product[j]! + value * own;
      }
      product[i] = product[i]! + sum;
    }
    return product;
  }

  #subtract(v: Float64Array, denominator: number): void {
    const { size } = this;
    const values = this.#values;
    for (let i = 0; i < size; i++) {
      const share = v[i]! / denominator;
      if (share === 0) continue;
      for (let j = 0, at = i * size; j <= i; j++, at++) values[at] = values[at]! - share * v[j]!;
    }
  }
}
