/**
 * Takes 256 for the value of ink.
 *
 * @fails scaled
 * @advice You divided by 256, the number of values that a byte can have. Ink is 255, and it must come out as exactly 1, as it did in training; with your rule the darkest ink is 0.996.
 */
/** One sheet of the drawer. */
export interface Sheet {
  /** 0 for paper, 255 for ink. */
  pixels: Uint8Array;
  /** The figure on it. */
  label: number;
}

const INK = 256;

export function representativeSet(drawer: Sheet[], count: number): Float32Array[] {
  requireCount(count, drawer.length);
  const specimens: Float32Array[] = [];
  for (let k = 0; k < count; k++) {
    const { pixels } = drawer[Math.floor((k * drawer.length) / count)]!;
    specimens.push(Float32Array.from(pixels, (pixel) => pixel / INK));
  }
  return specimens;
}

function requireCount(count: number, sheets: number): void {
  if (Number.isInteger(count) && count >= 1 && count <= sheets) return;
  throw new RangeError(`count must be a whole number from 1 to ${sheets}; it is ${count}.`);
}
