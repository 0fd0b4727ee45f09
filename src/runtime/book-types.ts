/** Types of `heavy-weights/book` that readers meet in their editor. */
import type * as tf from '@tensorflow/tfjs';

/** What a table cell can hold. */
export type Cell = string | number | boolean | null;

/** Rows as objects (columns are their keys), or columns and rows given apart. */
export type TableRows = Record<string, Cell | undefined>[] | { columns: string[]; rows: Cell[][] };

/** The y values of a line (x counts from 0), or both. */
export type LineValues = ArrayLike<number> | { x: ArrayLike<number>; y: ArrayLike<number> };

export interface TitleOption {
  title?: string;
}

export interface PlotOptions extends TitleOption {
  xLabel?: string;
  yLabel?: string;
}

/** A matrix in any of the forms that a heat map takes. */
export type Matrix =
  tf.Tensor | number[][] | { data: ArrayLike<number>; rows: number; cols: number };

/** Pixels in row-major order: all within 0…1, or 0…255. Grey (1), RGB (3) or RGBA (4); grey unless said. */
export interface Picture {
  data: ArrayLike<number>;
  width: number;
  height: number;
  channels?: 1 | 3 | 4;
}

/** Images of a data set: `count` × 784 grey values in [0, 1], and the digit each one shows. */
export interface DatasetSlice {
  images: Float32Array;
  labels: Uint8Array;
  count: number;
  /** `[count, 28, 28, 1]`: the shape of `images` as a tensor. */
  shape: [number, number, number, number];
}
