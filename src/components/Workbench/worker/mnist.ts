import type { BookFiles } from '../../../runtime/book-files.ts';
import { browserBookFiles } from '../../../runtime/browser-book-files.ts';
import { chunkCount, decodeDatasetChunk } from '../../../runtime/dataset-format.ts';
import { ReaderError } from '../../../shared/reader-error.ts';
import type { LabelledExamples } from '../../../workbench/examples.ts';
import type { InputRange } from '../settings.ts';
import { bytesToRange } from './value-range.ts';

let files: BookFiles | undefined;

/** The first images of one of the book's sets of digits, fetched part by part. */
export const mnistExamples = async (
  name: 'mnist-train' | 'mnist-test',
  most: number,
  shape: readonly number[],
  range: Exclude<InputRange, 'auto'>,
  base: string,
  between: (done: number, total: number) => Promise<void>,
): Promise<LabelledExamples> => {
  files ??= browserBookFiles(base);
  const entry = await files.entry(name);
  if (entry.kind !== 'dataset') {
    throw new ReaderError({ code: 'dataset-damaged', explain: `${name} is no set of images.` });
  }
  const count = Math.min(most, entry.count);
  const values = new Uint8Array(count * entry.rows * entry.cols);
  const labels = new Int32Array(count);
  const parts = Math.ceil(count / entry.chunk);
  for (let part = 0; part < parts; part++) {
    await between(part, parts);
    const bytes = await files.read(name, part);
    const chunk = await decodeDatasetChunk(bytes, {
      count: chunkCount(entry, part),
      rows: entry.rows,
      cols: entry.cols,
    });
    const at = part * entry.chunk;
    const taken = Math.min(entry.chunk, count - at);
    values.set(
      chunk.pixels.subarray(0, taken * entry.rows * entry.cols),
      at * entry.rows * entry.cols,
    );
    labels.set(chunk.labels.subarray(0, taken), at);
  }
  const examples = { count, shape: [...shape], values, scale: 1, labels, source: name };
  return bytesToRange<LabelledExamples>(examples, range);
};
