import { ReaderError } from '../../shared/reader-error.ts';
import type { BatchCaps } from './batch-caps.ts';
import { makeBudget, takeAll, type Budget } from './budget.ts';
import { innerPath, isAddedBySystem, shownName } from './file-name.ts';
import type { BatchInput, FilePlace, FoundFile } from './found-file.ts';
import { bytesOf, isZip, readZipDirectory } from './zip-directory.ts';
import { entryFault, overlapping, unpackEntry } from './zip-entry.ts';

/** An archive on the way in: which budgets its files use, the innermost first. */
interface Archive {
  blob: Blob;
  place: FilePlace;
  budgets: readonly Budget[];
  nested: boolean;
}

/**
 * Every file of what was dropped, those of archives with them, one at a time. Small ones come first, so that what is
 * large uses up its own share of the caps and nobody else's. What cannot be read is a fault and stops nothing.
 */
export async function* findFiles(
  inputs: readonly BatchInput[],
  caps: BatchCaps,
): AsyncGenerator<FoundFile> {
  const budget = makeBudget(caps.total);
  for (const { path, blob, modified } of inputs.toSorted((a, b) => a.blob.size - b.blob.size)) {
    if (isAddedBySystem(path)) {
      yield { kind: 'ignored', path: shownName(path) };
      continue;
    }
    const place: FilePlace = {
      path: shownName(path),
      lmsPath: path.normalize('NFC'),
      size: blob.size,
      time: modified === undefined ? undefined : { at: modified, from: 'file', zoned: true },
    };
    try {
      if (isZip(await bytesOf(blob, 0, 4))) {
        yield* walkZip({ blob, place, budgets: [budget], nested: false }, caps);
        continue;
      }
      refuse(inputFault(blob.size, caps));
      yield { kind: 'file', place, bytes: await bytesOf(blob, 0, blob.size) };
    } catch (error) {
      yield { kind: 'fault', place, fault: asFault(error) };
    }
  }
}

async function* walkZip(archive: Archive, caps: BatchCaps): AsyncGenerator<FoundFile> {
  const { blob, place: outer } = archive;
  const entries = archive.nested ? caps.nestedEntries : caps.entries;
  const directory = await readZipDirectory(blob, { entries, directory: caps.directory });
  const over = overlapping(directory.entries);
  for (const entry of directory.entries.toSorted((a, b) => a.size - b.size)) {
    if (/[/\\]$/u.test(entry.name)) continue;
    const path = `${outer.path} › ${shownName(entry.name)}`;
    if (isAddedBySystem(entry.name)) {
      yield { kind: 'ignored', path };
      continue;
    }
    const { size, time } = entry;
    // Of an archive within one, only the outer one's times and names are not the student's own.
    const place: FilePlace = archive.nested
      ? { ...outer, path, size }
      : { path, lmsPath: shownName(entry.name), size, time, archive: outer };
    try {
      const inner = innerPath(entry.name);
      if (!archive.nested) place.lmsPath = inner;
      refuse(over.has(entry) ? overlaps() : entryFault(entry, caps));
      refuse(takeAll(archive.budgets, size));
      const bytes = await unpackEntry(blob, entry);
      if (!isZip(bytes)) {
        refuse(inputFault(bytes.length, caps));
        yield { kind: 'file', place, bytes };
        continue;
      }
      refuse(archive.nested ? tooDeep() : undefined);
      const own = makeBudget(caps.entry);
      const held = new Blob([bytes as BlobPart]);
      yield* walkZip({ blob: held, place, budgets: [own, ...archive.budgets], nested: true }, caps);
    } catch (error) {
      yield { kind: 'fault', place, fault: asFault(error) };
    }
  }
  if (directory.leftOut > 0) {
    const path = `${outer.path} › and ${directory.leftOut.toLocaleString('en-GB')} more`;
    yield { kind: 'fault', place: { ...outer, path }, fault: tooMany(entries) };
  }
}

const refuse = (fault: ReaderError | undefined): void => {
  if (fault !== undefined) throw fault;
};

const inputFault = (size: number, caps: BatchCaps): ReaderError | undefined => {
  if (size === 0) {
    return new ReaderError({
      code: 'file-empty',
      explain: 'This file is empty.',
      hint: 'Ask the student to hand in again.',
    });
  }
  if (size <= caps.entry) return undefined;
  return new ReaderError({
    code: 'file-too-large',
    explain: `This file has ${size.toLocaleString('en-GB')} bytes; a hand-in has at most ${caps.entry.toLocaleString('en-GB')}. It was not read.`,
    hint: 'Ask the student for the file that the book gave at Hand in.',
  });
};

/** What went wrong, as a row may say it; a disk that cannot be read is no reason to stop either. */
const asFault = (error: unknown): ReaderError =>
  error instanceof ReaderError
    ? error
    : new ReaderError({
        code: 'file-unreadable',
        explain: 'This file could not be read.',
        elaborate: `The system says: ${error instanceof Error ? error.message : String(error)}.`,
        hint: 'If it was moved or changed since it was dropped, drop it again.',
      });

const tooMany = (most: number): ReaderError =>
  new ReaderError({
    code: 'batch-too-many',
    explain: `Of one archive, ${most.toLocaleString('en-GB')} files are read; these came after them.`,
    hint: 'Unpack the archive, and drop the folder in its place.',
  });

const overlaps = (): ReaderError =>
  new ReaderError({
    code: 'zip-bomb',
    explain: 'In the archive, this file lies over another one, as in a zip bomb.',
    elaborate: 'It was not unpacked.',
    hint: 'Ask the student for the file that the book gave at Hand in.',
  });

const tooDeep = (): ReaderError =>
  new ReaderError({
    code: 'zip-too-deep',
    explain: 'This is an archive within an archive within an archive; only two are opened.',
    hint: 'Ask the student for the file that the book gave at Hand in.',
  });
