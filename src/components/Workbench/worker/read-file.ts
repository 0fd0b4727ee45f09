import { ReaderError } from '../../../shared/reader-error.ts';
import { formatBytes } from '../../Output/format-number.ts';

/** A larger file is refused before any of it is read. */
export const MOST_BYTES = 2 ** 30;

/** The bytes of a file, in the worker's memory and nowhere else. */
export const readFile = async (file: File): Promise<Uint8Array> => {
  if (file.size > MOST_BYTES) {
    throw new ReaderError({
      code: 'file-too-large',
      explain: `${file.name} has ${formatBytes(file.size)}; files of up to ${formatBytes(MOST_BYTES)} are read here.`,
      hint: 'For the network itself leave the optimizer’s state out: model.save(path, include_optimizer=False).',
    });
  }
  if (file.size === 0) {
    throw new ReaderError({
      code: 'file-empty',
      explain: `${file.name} is empty, or a folder.`,
      hint: 'Choose the file itself.',
    });
  }
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new ReaderError({
      code: 'file-not-readable',
      explain: `${file.name} could not be read.`,
      elaborate: `The browser says: ${error instanceof Error ? error.message : String(error)}`,
      hint: 'It may have been moved or changed since it was chosen, or there is no memory left for it. Choose it again.',
    });
  }
};
