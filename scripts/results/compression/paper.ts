/** One row of a table of the paper. */
export interface PaperRow {
  layer: string;
  /** In the paper's own words. */
  kept: string;
  weightBits: number;
  weightBitsHuffman: number;
  indexBits: number;
  indexBitsHuffman: number;
  shareFixed: string;
  shareHuffman: string;
}

/** What the paper reports of a network. */
export interface PaperTable {
  title: string;
  errors: string;
  sizes: string;
  ratio: number;
  rows: readonly PaperRow[];
}

const row = (
  layer: string,
  kept: string,
  [weightBits, weightBitsHuffman, indexBits, indexBitsHuffman]: [number, number, number, number],
  shareFixed: string,
  shareHuffman: string,
): PaperRow => ({
  layer,
  kept,
  weightBits,
  weightBitsHuffman,
  indexBits,
  indexBitsHuffman,
  shareFixed,
  shareHuffman,
});

/**
 * Figures of S. Han, H. Mao, W. J. Dally, "Deep Compression", ICLR 2016, arXiv:1510.00149v5, Tables 1 to 3, as printed
 * there, under our names for the layers.
 */
export const PAPER: Record<string, PaperTable> = {
  'lenet-300-100': {
    title: 'Han, Mao & Dally 2016, Table 2',
    errors: '1.64 → 1.58 %',
    sizes: '1070 → 27 KB',
    ratio: 40,
    rows: [
      row('dense_1', '8 %', [6, 4.4, 5, 3.7], '3.1 %', '2.32 %'),
      row('dense_2', '9 %', [6, 4.4, 5, 4.3], '3.8 %', '3.04 %'),
      row('logits', '26 %', [6, 4.3, 5, 3.2], '15.7 %', '12.70 %'),
    ],
  },
  'lenet-5': {
    title: 'Han, Mao & Dally 2016, Table 3',
    errors: '0.80 → 0.74 %',
    sizes: '1720 → 44 KB',
    ratio: 39,
    rows: [
      row('conv_1', '66 %', [8, 7.2, 5, 1.5], '78.5 %', '67.45 %'),
      row('conv_2', '12 %', [8, 7.2, 5, 3.9], '6.0 %', '5.28 %'),
      row('dense_1', '8 %', [5, 4.5, 5, 4.5], '2.7 %', '2.45 %'),
      row('logits', '19 %', [5, 5.2, 5, 3.7], '6.9 %', '6.13 %'),
    ],
  },
};
