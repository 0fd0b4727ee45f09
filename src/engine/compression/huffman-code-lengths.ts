import { ReaderError } from '../../shared/reader-error.ts';
import { requireArray, requireInteger } from '../numerics/arguments.ts';
import { requireKnownOptions } from '../sparsity/known-options.ts';
import { requireCounts } from './entropy-bits.ts';
import { limitedCodeLengths } from './limited-code-lengths.ts';

/** Longest word of a code that the encoder writes: a decoder reads it within 32 bits. @internal */
export const MAX_CODE_LENGTH = 24;

/** Options of {@link huffmanCodeLengths}. */
export interface CodeLengthOptions {
  /** The longest word allowed, from 1 to 24; 24 unless told. */
  maxLength?: number;
}

/**
 * Finds how many bits each symbol takes in a Huffman code: frequent symbols few, rare ones many.
 *
 * The two least frequent are put together until one tree is left; the length of a symbol is its depth. The mean length
 * L = Σ p·l is the least that whole words can have, H ≤ L < H + 1 with the entropy H of {@link entropyBits}, and
 * Σ 2^−l = 1 over the symbols that occur: no bit pattern is left over. A symbol that is alone still gets one bit, so
 * that every word can be seen in the stream. If a word would be longer than `maxLength`, the best code of words that
 * are not is taken instead (package-merge).
 *
 * @param counts - how often each of n symbols occurs: non-negative integers, n from 1 to 65,536
 * @param options - `maxLength`, 24 unless told
 * @returns n lengths; 0 for symbols that do not occur
 * @throws ReaderError `count-not-valid`, `too-many-symbols`, `max-length-too-short`, `not-an-integer-in-range`,
 *   `option-unknown`, `array-empty`, `not-an-array-of-numbers`
 * @example
 * ```ts
 * import { compression } from 'heavy-weights';
 *
 * console.log(compression.huffmanCodeLengths([5, 1, 0, 2])); // Uint8Array(4) [ 1, 2, 0, 2 ]
 * ```
 * @see D. Huffman, "A method for the construction of minimum-redundancy codes", Proc. IRE 40(9), 1952; L. Larmore,
 *   D. Hirschberg, "A fast algorithm for optimal length-limited Huffman codes", JACM 37(3), 1990
 */
export function huffmanCodeLengths(
  counts: ArrayLike<number>,
  options: CodeLengthOptions = {},
): Uint8Array<ArrayBuffer> {
  requireKnownOptions('huffmanCodeLengths', options, ['maxLength'], '{ maxLength: 16 }');
  const { maxLength = MAX_CODE_LENGTH } = options;
  requireInteger('maxLength', maxLength, 1, MAX_CODE_LENGTH);
  requireArray('counts', counts);
  if (counts.length > 65536) {
    throw new ReaderError({
      code: 'too-many-symbols',
      explain: `counts must be at most 65536 numbers, one for each symbol; ${counts.length} came.`,
    });
  }
  requireCounts(counts);
  return codeLengths(counts, maxLength);
}

/** As {@link huffmanCodeLengths}, for counts known to be good. @internal */
export function codeLengths(
  counts: ArrayLike<number>,
  maxLength = MAX_CODE_LENGTH,
): Uint8Array<ArrayBuffer> {
  const lengths = new Uint8Array(counts.length);
  const leaves: number[] = [];
  for (let i = 0; i < counts.length; i++) if (counts[i]! > 0) leaves.push(i);
  if (leaves.length === 1) lengths[leaves[0]!] = 1;
  if (leaves.length < 2) return lengths;
  if (leaves.length > 2 ** maxLength) throw tooShort(maxLength, leaves.length);
  leaves.sort((a, b) => counts[a]! - counts[b]! || a - b);
  const weights = Float64Array.from(leaves, (symbol) => counts[symbol]!);
  let depths = treeDepths(weights);
  // The least frequent symbol lies deepest.
  if (depths[0]! > maxLength) depths = limitedCodeLengths(weights, maxLength);
  leaves.forEach((symbol, i) => (lengths[symbol] = depths[i]!));
  return lengths;
}

/**
 * Depths of the leaves of Huffman's tree, for weights in ascending order. Trees come out of the merging in ascending
 * order too, so that the two lightest are always at the head of one of two queues: J. van Leeuwen, 1976.
 */
function treeDepths(weights: Float64Array): Uint16Array {
  const leaves = weights.length;
  const nodes = 2 * leaves - 1;
  const weight = new Float64Array(nodes);
  weight.set(weights);
  const parent = new Int32Array(nodes);
  let leaf = 0;
  let tree = leaves;
  for (let made = leaves; made < nodes; made++) {
    for (let child = 0; child < 2; child++) {
      // Of equal weights the leaf goes first, which keeps the tree shallow.
      const takesLeaf = leaf < leaves && (tree === made || weight[leaf]! <= weight[tree]!);
      const lightest = takesLeaf ? leaf++ : tree++;
      weight[made] = weight[made]! + weight[lightest]!;
      parent[lightest] = made;
    }
  }
  const depths = new Uint16Array(nodes);
  for (let node = nodes - 2; node >= 0; node--) depths[node] = depths[parent[node]!]! + 1;
  return depths.subarray(0, leaves);
}

function tooShort(maxLength: number, symbols: number): ReaderError {
  return new ReaderError({
    code: 'max-length-too-short',
    explain: `Words of at most ${maxLength} bits tell ${2 ** maxLength} symbols apart; ${symbols} occur.`,
    hint: `Take a maxLength of ${Math.ceil(Math.log2(symbols))} or more.`,
  });
}
