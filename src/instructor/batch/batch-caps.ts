/** What a batch may hold; beyond it, a row says so and the rest is still read. Sizes are in bytes. */
export interface BatchCaps {
  /** Files of one archive. */
  entries: number;
  /** One file, unpacked. */
  entry: number;
  /** All that archives hold together, unpacked. */
  total: number;
  /** Bytes unpacked of one packed. */
  ratio: number;
  /** Files up to this size may be packed to any ratio: a short repetitive text is no bomb. */
  freeOfRatio: number;
  /** The list of files of one archive. */
  directory: number;
  /** Files of an archive within an archive. */
  nestedEntries: number;
}

export const batchCaps: BatchCaps = {
  entries: 2_000,
  entry: 20_000_000,
  total: 400_000_000,
  ratio: 200,
  freeOfRatio: 100_000,
  directory: 16_000_000,
  nestedEntries: 100,
};
