/**
 * Takes the first sheets of a drawer that is in order.
 *
 * @fails spread
 * @advice You took the first sheets. The drawer is in the order of its labels, so a hundred of its first sheets are a hundred noughts, and no layer is ever shown what a seven does to it. Step through the whole drawer instead.
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
    const { pixels } = drawer[k]!;
    specimens.push(Float32Array.from(pixels, (pixel) => pixel / INK));
  }
  return specimens;
}

function requireCount(count: number, sheets: number): void {
  if (Number.isInteger(count) && count >= 1 && count <= sheets) return;
  throw new RangeError(`count must be a whole number from 1 to ${sheets}; it is ${count}.`);
}
