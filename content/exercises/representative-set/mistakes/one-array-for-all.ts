/**
 * Writes every sheet into one and the same array.
 *
 * @fails own-arrays
 * @advice You filled one array and pushed it again and again. A list of the same array is not a list of copies: every specimen now shows the last sheet that was written. Make a new Float32Array for each.
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
  const specimen = new Float32Array(drawer[0]!.pixels.length);
  for (let k = 0; k < count; k++) {
    const { pixels } = drawer[Math.floor((k * drawer.length) / count)]!;
    pixels.forEach((pixel, i) => (specimen[i] = pixel / INK));
    specimens.push(specimen);
  }
  return specimens;
}

function requireCount(count: number, sheets: number): void {
  if (Number.isInteger(count) && count >= 1 && count <= sheets) return;
  throw new RangeError(`count must be a whole number from 1 to ${sheets}; it is ${count}.`);
}
