/**
 * Steps through the drawer by a whole number, and misses the end of it.
 *
 * @fails spread
 * @advice You rounded the step itself to a whole number before you multiplied. With 7 sheets and 3 specimens the step is 2⅓ and becomes 2; with 90 sheets and 50 specimens it becomes 1, and the second half of the drawer is never opened. Multiply first and round down after.
 */
/** One sheet of the drawer. */
export interface Sheet {
  /** 0 for paper, 255 for ink. */
  pixels: Uint8Array;
  /** The figure on it. */
  label: number;
}

const INK = 255;

export function representativeSet(drawer: Sheet[], count: number): Float32Array[] {
  requireCount(count, drawer.length);
  const specimens: Float32Array[] = [];
  for (let k = 0; k < count; k++) {
    const { pixels } = drawer[k * Math.floor(drawer.length / count)]!;
    specimens.push(Float32Array.from(pixels, (pixel) => pixel / INK));
  }
  return specimens;
}

function requireCount(count: number, sheets: number): void {
  if (Number.isInteger(count) && count >= 1 && count <= sheets) return;
  throw new RangeError(`count must be a whole number from 1 to ${sheets}; it is ${count}.`);
}
