import { ReaderError } from '../shared/reader-error.ts';

/** One file to fetch. */
export interface FilePart {
  /** Relative to the site's base: `models/lenet-300-100/model.json`. */
  url: string;
  /** Exact size as served, before any compression by the host. */
  bytes: number;
  /** SHA-256 of those bytes, 64 hexadecimal digits. */
  sha256: string;
}

interface BookFileBase {
  /** What it is, in a reader's words: shown with its size before it is fetched. */
  label: string;
  /** Sum over the parts. */
  bytes: number;
  parts: FilePart[];
}

/** A model in TensorFlow.js format: `model.json` first, then its weights. */
export interface ModelFile extends BookFileBase {
  kind: 'model';
}

/** Images with labels, in parts of `chunk` images (the last may be shorter); see dataset-format.ts. */
export interface DatasetFile extends BookFileBase {
  kind: 'dataset';
  /** Images in all. */
  count: number;
  /** Images in a part. */
  chunk: number;
  rows: number;
  cols: number;
}

export type BookFile = ModelFile | DatasetFile;

/** The files of the book that a cell may open, by name. Emitted by the build as `data/catalogue.json`. */
export interface Catalogue {
  version: 1;
  files: Record<string, BookFile>;
}

/**
 * Validates the text or the parsed JSON of a catalogue, so that nothing outside it is ever fetched:
 * every part's address must be a plain relative path.
 *
 * @throws {@link ReaderError} `catalogue-damaged` naming the field that is wrong.
 */
export function parseCatalogue(json: unknown): Catalogue {
  const value = record(typeof json === 'string' ? parseJson(json) : json, 'the catalogue');
  if (value['version'] !== 1) throw damaged(`version must be 1; it is ${show(value['version'])}`);
  const files = Object.entries(record(value['files'], 'files'));
  return {
    version: 1,
    files: Object.fromEntries(files.map(([name, file]) => [name, parseFile(name, file)])),
  };
}

/** The catalogue's entry of that name, of that kind. Absent, the error lists the names there are. */
export function findFile<K extends BookFile['kind']>(
  catalogue: Catalogue,
  name: string,
  kind: K,
): Extract<BookFile, { kind: K }> {
  const file = Object.hasOwn(catalogue.files, name) ? catalogue.files[name] : undefined;
  if (file?.kind === kind) return file as Extract<BookFile, { kind: K }>;
  const names = Object.entries(catalogue.files).flatMap(([other, { kind: k }]) =>
    k === kind ? [other] : [],
  );
  throw new ReaderError({
    code: 'book-file-unknown',
    explain:
      file === undefined
        ? `The book has no ${kind} named ${show(name)}.`
        : `${show(name)} is a ${file.kind}, not a ${kind}.`,
    hint: `The ${kind}s of the book: ${names.join(', ') || 'none'}.`,
  });
}

function parseFile(name: string, json: unknown): BookFile {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
    throw damaged(`${show(name)} is not a name for a file`);
  const value = record(json, name);
  const label = value['label'];
  if (typeof label !== 'string' || label === '')
    throw damaged(`${name}.label must be text; it is ${show(label)}`);
  if (!Array.isArray(value['parts']) || value['parts'].length === 0) {
    throw damaged(`${name}.parts must be a list with at least one part`);
  }
  const parts = value['parts'].map((part, i) => parsePart(part, `${name}.parts[${i}]`));
  const bytes = positiveInteger(value['bytes'], `${name}.bytes`);
  const sum = parts.reduce((total, part) => total + part.bytes, 0);
  if (bytes !== sum)
    throw damaged(`${name}.bytes must be the sum of its parts, ${sum}; it is ${bytes}`);

  if (value['kind'] === 'model') return { kind: 'model', label, bytes, parts };
  if (value['kind'] !== 'dataset') {
    throw damaged(`${name}.kind must be "model" or "dataset"; it is ${show(value['kind'])}`);
  }
  const [count, chunk, rows, cols] = (['count', 'chunk', 'rows', 'cols'] as const).map((field) =>
    positiveInteger(value[field], `${name}.${field}`),
  ) as [number, number, number, number];
  if (parts.length !== Math.ceil(count / chunk)) {
    throw damaged(
      `${name} must have ${Math.ceil(count / chunk)} parts of ${chunk} images; it has ${parts.length}`,
    );
  }
  return { kind: 'dataset', label, bytes, count, chunk, rows, cols, parts };
}

function parsePart(json: unknown, where: string): FilePart {
  const value = record(json, where);
  const { url, sha256 } = value;
  // Folders and names of plain characters: no scheme, no leading slash, no "..", no query.
  if (
    typeof url !== 'string' ||
    !/^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)*(\.[a-z0-9]+)?$/.test(url)
  ) {
    throw damaged(`${where}.url must be a plain relative path; it is ${show(url)}`);
  }
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) {
    throw damaged(`${where}.sha256 must be 64 hexadecimal digits; it is ${show(sha256)}`);
  }
  return { url, bytes: positiveInteger(value['bytes'], `${where}.bytes`), sha256 };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged('it is not JSON');
  }
}

function record(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw damaged(`${where} must be an object; it is ${show(value)}`);
  }
  return value as Record<string, unknown>;
}

function positiveInteger(value: unknown, where: string): number {
  if (!Number.isSafeInteger(value) || (value as number) <= 0) {
    throw damaged(`${where} must be a positive whole number; it is ${show(value)}`);
  }
  return value as number;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function damaged(detail: string): ReaderError {
  return new ReaderError({
    code: 'catalogue-damaged',
    explain: 'The list of the book’s files is damaged.',
    elaborate: `In data/catalogue.json, ${detail}.`,
    hint: 'Reload the page; if it stays, the copy of the book on this server is incomplete.',
  });
}
