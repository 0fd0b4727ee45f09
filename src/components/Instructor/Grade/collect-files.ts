import type { BatchInput } from '../../../instructor/batch/found-file.ts';

/** Files at most that a drop may bring: a folder by mistake can hold a whole disc. */
export const MOST_FILES = 5_000;

/** A file of a page as batch reading takes it; the path keeps the folders that LMS exports name students by. */
const batchInput = (file: File, path = file.webkitRelativePath || file.name): BatchInput => ({
  path,
  blob: file,
  modified: file.lastModified,
});

/** The files of an input: of one for folders, with their paths. */
export const chosenFiles = (input: HTMLInputElement): BatchInput[] =>
  [...(input.files ?? [])].slice(0, MOST_FILES).map((file) => batchInput(file));

/** All that was dropped: files, and whatever folders hold. */
export const droppedFiles = async (transfer: DataTransfer): Promise<BatchInput[]> => {
  // Asked for at once: after the event the list is empty.
  const entries = [...transfer.items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null;
    return entry === null ? [] : [entry];
  });
  if (entries.length === 0) return [...transfer.files].map((file) => batchInput(file));
  const found: BatchInput[] = [];
  for (const entry of entries) await walk(entry, found);
  return found;
};

const walk = async (entry: FileSystemEntry, found: BatchInput[]): Promise<void> => {
  if (found.length >= MOST_FILES) return;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    found.push(batchInput(file, entry.fullPath.replace(/^\//, '')));
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A hundred at a time, until there are none.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return;
    for (const each of some) await walk(each, found);
  }
};
