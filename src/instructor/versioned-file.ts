/**
 * Files that carry their format and version. An older one is brought up to date step by step, a newer one is refused
 * by name, and nothing of either is believed that does not fit the schema.
 */
import type { ZodType } from 'zod';
import { ReaderError } from '../shared/reader-error.ts';

/** A file's data before its shape is known. */
export type RawFile = Record<string, unknown>;

/** What one kind of file is, and how its older versions become the present one. */
export interface FileKind<T> {
  /** In messages: `sealed hand-in`. */
  what: string;
  /** What the codes of errors begin with: `sealed`. */
  code: string;
  format: string;
  version: number;
  /** Characters of the file, at most. */
  most: number;
  schema: ZodType<T>;
  /** `steps[1]` makes version 2 of version 1, and so on. It gets a copy. */
  steps: Readonly<Record<number, (old: RawFile) => RawFile>>;
  /** What to do when a file cannot be read. */
  hint: string;
}

/**
 * Reads a file of a kind from its text.
 *
 * @throws ReaderError `<code>-too-large`, `-not-json`, `-wrong-format`, `-newer`, `-damaged`
 */
export const readVersioned = <T>(text: string, kind: FileKind<T>): T => {
  if (text.length > kind.most) {
    throw fault(
      kind,
      'too-large',
      `This file has ${count(text.length)} characters; a file of this kind (${kind.what}) has at most ${count(kind.most)}.`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw fault(
      kind,
      'not-json',
      `This file is no ${kind.what}, or it was cut short: it is not whole JSON.`,
      `The reader of JSON says: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  return parseVersioned(value, kind);
};

/** The same from parsed JSON. */
export const parseVersioned = <T>(value: unknown, kind: FileKind<T>): T => {
  if (!isRaw(value) || value['format'] !== kind.format) {
    throw fault(
      kind,
      'wrong-format',
      `This file is no ${kind.what} of the book.`,
      `Expected format "${kind.format}"; came ${describe(isRaw(value) ? value['format'] : value)}.`,
    );
  }
  const version = value['version'];
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw damaged(kind, `Expected a version; came ${describe(version)}.`);
  }
  if (version > kind.version) {
    throw new ReaderError({
      code: `${kind.code}-newer`,
      explain: `This ${kind.what} is of version ${version}; this printing of the book reads up to version ${kind.version}.`,
      hint: 'Open the book’s newest printing (its pages offer it when you are online) and read the file there.',
    });
  }
  const result = kind.schema.safeParse(migrated(value, version, kind));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.map(String).join('.');
  throw damaged(kind, `${path ? `${path}: ` : ''}${issue?.message ?? 'It does not fit'}.`);
};

const migrated = <T>(value: RawFile, version: number, kind: FileKind<T>): RawFile => {
  let file = value;
  for (let from = version; from < kind.version; from++) {
    const step = kind.steps[from];
    if (step === undefined) throw new Error(`No step leads ${kind.what} on from version ${from}.`);
    try {
      file = { ...step(structuredClone(file)), version: from + 1 };
    } catch (error) {
      throw damaged(
        kind,
        `It is of version ${from} and cannot be brought to version ${from + 1}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  return file;
};

const fault = <T>(
  { code, hint }: FileKind<T>,
  which: string,
  explain: string,
  elaborate?: string,
): ReaderError =>
  new ReaderError({
    code: `${code}-${which}`,
    explain,
    ...(elaborate === undefined ? {} : { elaborate }),
    hint,
  });

const damaged = <T>(kind: FileKind<T>, elaborate: string): ReaderError =>
  fault(kind, 'damaged', `This ${kind.what} is damaged, or was changed by hand.`, elaborate);

const isRaw = (value: unknown): value is RawFile =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const describe = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list';
  if (isRaw(value)) return 'an object';
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

const count = (n: number): string => n.toLocaleString('en-GB');
