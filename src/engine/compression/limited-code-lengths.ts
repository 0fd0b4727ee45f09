/**
 * The best lengths of words that are none of them longer than `maxLength`: package-merge.
 *
 * Each symbol offers a coin of its weight at every level 1 … maxLength. From the deepest level up, coins are paired to
 * packages, which join the coins of the level above in order of weight. The first 2n − 2 items of the top level are
 * bought; a symbol's length is how many of its coins are among them. As weights ascend, the coins of a level that are
 * bought are always those of the first so many symbols.
 *
 * @param weights - in ascending order; two at least and at most 2^maxLength
 * @returns lengths in the same order
 * @see L. Larmore, D. Hirschberg, "A fast algorithm for optimal length-limited Huffman codes", JACM 37(3), 1990
 * @internal
 */
export function limitedCodeLengths(weights: Float64Array, maxLength: number): Uint16Array {
  const symbols = weights.length;
  // Of each level, deepest first: whether an item is a coin or a package, in order of weight.
  const levels: Uint8Array[] = [];
  let packages = new Float64Array(0);
  for (let level = maxLength; level >= 1; level--) {
    const merged = new Float64Array(symbols + packages.length);
    const isCoin = new Uint8Array(merged.length);
    let coin = 0;
    let pack = 0;
    for (let i = 0; i < merged.length; i++) {
      const takesCoin =
        coin < symbols && (pack === packages.length || weights[coin]! <= packages[pack]!);
      isCoin[i] = takesCoin ? 1 : 0;
      merged[i] = takesCoin ? weights[coin++]! : packages[pack++]!;
    }
    levels.push(isCoin);
    packages = new Float64Array(merged.length >> 1);
    for (let i = 0; i < packages.length; i++) packages[i] = merged[2 * i]! + merged[2 * i + 1]!;
  }
  const lengths = new Uint16Array(symbols);
  let bought = 2 * symbols - 2;
  for (const isCoin of levels.toReversed()) {
    let coins = 0;
    for (let i = 0; i < bought; i++) coins += isCoin[i]!;
    for (let i = 0; i < coins; i++) lengths[i] = lengths[i]! + 1;
    bought = 2 * (bought - coins);
  }
  return lengths;
}
