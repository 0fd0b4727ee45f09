/**
 * Hands on the bytes as they lie in the drawer.
 *
 * @fails scaled
 * @advice Your specimens run from 0 to 255. The model was trained on ink that is 1, so every range that is found from these sheets is 255 times too wide: the codes of a real digit all come out near zero, and nothing complains. Divide by 255.
 */
/** One sheet of the drawer. */
export interface Sheet {
  /** 0 for paper, 255 for ink. */
  pixels: Uint8Array;
  /** The figure on it. */
  label: number;
}

export function representativeSet(drawer: Sheet[], count: number): Float32Array[] {
  requireCount(count, drawer.length);
  const specimens: Float32Array[] = [];
  for (let k = 0; k < count; k++) {
    const { pixels } = drawer[Math.floor((k * drawer.length) / count)]!;
    specimens.push(Float32Array.from(pixels, (pixel) => pixel));
  }
  return specimens;
}

function requireCount(count: number, sheets: number): void {
  if (Number.isInteger(count) && count >= 1 && count <= sheets) return;
  throw new RangeError(`count must be a whole number from 1 to ${sheets}; it is ${count}.`);
}
