import { bookCatalogue } from '../../build/catalogue.ts';
import { formatBytes } from '../Output/format-number.ts';

/**
 * What a cell fetches, said before it does: `Fetches LeNet-300-100 (1.1 MB) when it runs`. A data set
 * comes in parts, and a cell fetches only those it opens.
 */
export const fileSizes = (names: readonly string[]): string | undefined => {
  if (names.length === 0) return undefined;
  const { files } = bookCatalogue();
  const parts = names.map((name) => {
    const file = files[name];
    if (file === undefined) {
      throw new Error(`The book has no file "${name}". It has: ${Object.keys(files).join(', ')}.`);
    }
    const part = file.kind === 'dataset' ? file.parts[0]?.bytes : undefined;
    return part !== undefined && part < file.bytes
      ? `${file.label} (${formatBytes(part)} to ${formatBytes(file.bytes)})`
      : `${file.label} (${formatBytes(file.bytes)})`;
  });
  return `Fetches ${parts.join(' and ')} when it first runs.`;
};
