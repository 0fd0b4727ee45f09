/** How a cell shows its results, and how far it is. */
import { ReaderError } from '../shared/reader-error.ts';
import { toFileItem } from './realm/display-file.ts';
import { toImage, toTensorItem } from './realm/display-grids.ts';
import { label, toBarPlot, toHistogram, toLinePlot, toTable } from './realm/display-items.ts';
import { currentRun } from './realm/run-channel.ts';
import type {
  LineValues,
  Matrix,
  Picture,
  PlotOptions,
  TableRows,
  TitleOption,
} from './book-types.ts';

/** Shows results below the cell. */
export const display = {
  /** A table: one object a row, keys as columns; or columns and rows. At most 200 rows are shown. */
  table(rows: TableRows, options?: TitleOption): void {
    currentRun()?.show(toTable(rows, options));
  },
  /** Lines over x (or over 0, 1, 2, …), one for each key. */
  line(series: Record<string, LineValues>, options?: PlotOptions): void {
    currentRun()?.show(toLinePlot(series, options));
  },
  /** One bar for each key. */
  bar(values: Record<string, number>, options?: PlotOptions): void {
    currentRun()?.show(toBarPlot(values, options));
  },
  /** How often values fall into each of `bins` (40 unless said) equal intervals. */
  histogram(values: ArrayLike<number>, options?: PlotOptions & { bins?: number }): void {
    currentRun()?.show(toHistogram(values, options));
  },
  /** A matrix as colours; blocks are averaged above 128 × 128. */
  heatmap(values: Matrix, options?: TitleOption): void {
    currentRun()?.show(toTensorItem(values, options));
  },
  /** A picture from pixels. */
  image(picture: Picture, options?: TitleOption): void {
    currentRun()?.show(toImage(picture, options));
  },
  /** Offers a file for saving, of at most 16 MB: `display.file('model.tflite', bytes)`. */
  file(name: string, bytes: Uint8Array | ArrayBuffer): void {
    currentRun()?.show(toFileItem(name, bytes));
  },
};

/** Moves the progress bar below the cell: `done` of `total`, with a word on what is being done. */
export function progress(done: number, total: number, what = ''): void {
  if (!Number.isFinite(done) || !Number.isFinite(total) || total <= 0) {
    throw new ReaderError({
      code: 'wrong-argument',
      explain: 'progress: `done` and `total` must be numbers, and `total` more than 0.',
      elaborate: `They are ${String(done)} and ${String(total)}.`,
    });
  }
  currentRun()?.progress({ done: Math.min(Math.max(done, 0), total), total, label: label(what) });
}
