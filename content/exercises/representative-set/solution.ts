/** One sheet of the drawer. */
export interface Sheet {
  /** 0 for paper, 255 for ink. */
  pixels: Uint8Array;
  /** The figure on it. */
  label: number;
}

const INK = 255;

/**
 * Specimens for the converter, taken evenly from the drawer.
 *
 * @param drawer sheets in the order of their labels
 * @param count how many specimens, from 1 to the number of sheets
 * @returns the specimens, each with pixels from 0 for paper to 1 for ink
 * @throws RangeError if count is no such number
 */
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
