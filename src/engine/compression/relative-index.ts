import type { ByteReader } from './byte-stream.ts';

/**
 * Positions as gaps from one to the next, as in Deep Compression: each entry holds how many zeros lie before it,
 * 0 … 2^b − 1, so that the largest step is 2^b positions (8 with 3 bits, as in the paper's figure 2). Where the next
 * value is farther off, an entry of value 0 is put 2^b positions on: a filler. The first gap counts from before the
 * first value. Unlike the paper, fillers also lead through zeros at the end until fewer than 2^b are left: so the number
 * of entries bounds the length of what is decoded.
 */
export interface RelativeIndex {
  /** Zeros before each entry, 0 … 2^b − 1. */
  gaps: Uint16Array<ArrayBuffer>;
  /** For each entry the position of its value in the list of stored values, or −1 for a filler. */
  sources: Int32Array<ArrayBuffer>;
  fillers: number;
}

/** Gaps between ascending positions in an array of some length. @internal */
export function relativeIndex(
  positions: Uint32Array,
  length: number,
  indexBits: number,
): RelativeIndex {
  const step = 2 ** indexBits;
  let fillers = Math.floor((length - 1 - (positions.at(-1) ?? -1)) / step);
  for (let i = 0, last = -1; i < positions.length; i++) {
    fillers += Math.floor((positions[i]! - last - 1) / step);
    last = positions[i]!;
  }
  const gaps = new Uint16Array(positions.length + fillers).fill(step - 1);
  const sources = new Int32Array(gaps.length).fill(-1);
  for (let i = 0, last = -1, entry = 0; i < positions.length; i++) {
    const zeros = positions[i]! - last - 1;
    entry += Math.floor(zeros / step);
    gaps[entry] = zeros % step;
    sources[entry++] = i;
    last = positions[i]!;
  }
  return { gaps, sources, fillers };
}

/**
 * Positions of the entries, checked to lie within an array of so many values and to reach its end.
 *
 * @throws ReaderError of the reader's kind
 * @internal
 */
export function positionsOf(
  reader: ByteReader,
  gaps: ArrayLike<number>,
  length: number,
  indexBits: number,
): Uint32Array<ArrayBuffer> {
  const positions = new Uint32Array(gaps.length);
  let position = -1;
  for (let i = 0; i < gaps.length; i++) {
    position += gaps[i]! + 1;
    if (position >= length) throw reader.invalid(`A gap leads past the last of ${length} values.`);
    positions[i] = position;
  }
  if (length - 1 - position >= 2 ** indexBits) {
    throw reader.invalid(
      `The gaps end at ${position}, too far before the last of ${length} values.`,
    );
  }
  return positions;
}
