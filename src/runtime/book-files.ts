import { ReaderError } from '../shared/reader-error.ts';
import { suggestName } from './realm/suggest.ts';
import type { BookFile, Catalogue, FilePart } from './files.ts';

/** The files of the book as the host hands them to a realm. */
export interface BookFiles {
  /** @throws {ReaderError} `unknown-file` */
  entry(name: string): Promise<BookFile>;
  /** Bytes of one part, verified. `onLoaded` hears how many bytes of it have arrived. */
  read(name: string, part: number, onLoaded?: (bytes: number) => void): Promise<Uint8Array>;
}

export interface CatalogueFilesOptions {
  catalogue(): Promise<Catalogue>;
  /** Gets what lies at an address relative to the book's base. */
  fetchPart(part: FilePart, onLoaded: (bytes: number) => void): Promise<Uint8Array>;
}

/** Files by the catalogue alone: a name outside it is never fetched. Every part is fetched and verified once. */
export class CatalogueFiles implements BookFiles {
  #options: CatalogueFilesOptions;
  #catalogue: Promise<Catalogue> | undefined;
  #parts = new Map<string, Promise<Uint8Array>>();

  constructor(options: CatalogueFilesOptions) {
    this.#options = options;
  }

  async entry(name: string): Promise<BookFile> {
    this.#catalogue ??= this.#options.catalogue();
    let catalogue: Catalogue;
    try {
      catalogue = await this.#catalogue;
    } catch (error) {
      this.#catalogue = undefined;
      throw error;
    }
    if (Object.hasOwn(catalogue.files, name)) return catalogue.files[name]!;
    const names = Object.keys(catalogue.files);
    const near = suggestName(name, names);
    throw new ReaderError({
      code: 'unknown-file',
      explain: `The book has no file named '${name.slice(0, 100)}'.`,
      elaborate: `It has ${names.map((known) => `'${known}'`).join(', ')}.`,
      ...(near === undefined ? {} : { hint: `Did you mean '${near}'?` }),
    });
  }

  async read(
    name: string,
    part: number,
    onLoaded: (bytes: number) => void = () => undefined,
  ): Promise<Uint8Array> {
    const wanted = (await this.entry(name)).parts[part];
    if (!wanted)
      throw new ReaderError({ code: 'unknown-file', explain: `'${name}' has no part ${part}.` });
    let bytes = this.#parts.get(wanted.url);
    if (!bytes) {
      bytes = this.#fetchVerified(wanted, onLoaded);
      this.#parts.set(wanted.url, bytes);
      // A failure is not kept: the next run may have a connection again.
      bytes.catch(() => this.#parts.delete(wanted.url));
    }
    return bytes;
  }

  async #fetchVerified(part: FilePart, onLoaded: (bytes: number) => void): Promise<Uint8Array> {
    const bytes = await this.#options.fetchPart(part, onLoaded);
    const problem = await damageOf(bytes, part);
    if (problem === undefined) return bytes;
    throw new ReaderError({
      code: 'file-damaged',
      explain: `The book's file ${part.url} did not arrive whole.`,
      elaborate: problem,
      hint: 'Reload the page to fetch it again.',
    });
  }
}

async function damageOf(bytes: Uint8Array, part: FilePart): Promise<string | undefined> {
  if (bytes.byteLength !== part.bytes)
    return `It has ${bytes.byteLength} bytes instead of ${part.bytes}.`;
  const sha256 = await digest(bytes);
  if (sha256 === undefined || sha256 === part.sha256) return undefined;
  return 'Its checksum is not the one the catalogue names.';
}

/** SHA-256 in hexadecimal. Browsers compute it in secure contexts only; elsewhere the length must do. */
async function digest(bytes: Uint8Array): Promise<string | undefined> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
  if (!subtle) return undefined;
  const hash = new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
