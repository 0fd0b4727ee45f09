import { ReaderError } from '../shared/reader-error.ts';
import type { BookFiles } from './book-files.ts';
import type { Kernel } from './kernel.ts';
import type { RunEvent } from './protocol.ts';
import type { FileReply, FromRealm } from './wire.ts';

/** More parts than the whole book has. */
const maxRequests = 500;

/** Answers one run's requests for files of the book, and tells the page how far they are. */
export class FileServer {
  #files: BookFiles | undefined;
  #onEvent: (event: RunEvent) => void;
  #requests = 0;
  /** Bytes of each file that this run has got. */
  #loaded = new Map<string, number>();
  /** Bytes of the parts of each data set that this run has asked for: rarely the whole set. */
  #wanted = new Map<string, number>();

  constructor(files: BookFiles | undefined, onEvent: (event: RunEvent) => void) {
    this.#files = files;
    this.#onEvent = onEvent;
  }

  async answer(
    kernel: Kernel,
    { run, request, name, part }: Extract<FromRealm, { type: 'file' }>,
  ): Promise<void> {
    let reply: FileReply;
    try {
      reply = await this.#reply(name, part);
    } catch (error) {
      reply = { ok: false, error: toData(error, name) };
    }
    kernel.send({ type: 'file', run, request, reply });
  }

  async #reply(name: string, part: number | undefined): Promise<FileReply> {
    this.#requests += 1;
    if (this.#requests > maxRequests) {
      throw new ReaderError({
        code: 'too-many-files',
        explain: 'One run asked for files of the book too often.',
      });
    }
    if (!this.#files)
      throw new ReaderError({
        code: 'unknown-file',
        explain: 'This sandbox has no files of the book.',
      });
    const file = await this.#files.entry(name);
    if (part === undefined) {
      const { kind, parts } = file;
      const names = parts.map(({ url }) => url.slice(url.lastIndexOf('/') + 1));
      if (file.kind === 'model') return { ok: true, entry: { kind, parts: names } };
      const { count, chunk, rows, cols } = file;
      return { ok: true, entry: { kind, parts: names, set: { count, chunk, rows, cols } } };
    }
    this.#wanted.set(name, (this.#wanted.get(name) ?? 0) + (file.parts[part]?.bytes ?? 0));
    let partLoaded = 0;
    const tell = (loaded: number): void => {
      const loadedBytes = (this.#loaded.get(name) ?? 0) + loaded - partLoaded;
      partLoaded = loaded;
      this.#loaded.set(name, loadedBytes);
      const totalBytes = file.kind === 'model' ? file.bytes : this.#wanted.get(name)!;
      this.#onEvent({
        type: 'file',
        name,
        loadedBytes: Math.min(loadedBytes, totalBytes),
        totalBytes,
      });
    };
    const bytes = await this.#files.read(name, part, tell);
    tell(bytes.byteLength);
    return { ok: true, bytes };
  }
}

function toData(error: unknown, name: string): ReturnType<ReaderError['toData']> {
  if (error instanceof ReaderError) return error.toData();
  return {
    code: 'file-not-loaded',
    explain: `'${name}' could not be fetched.`,
    elaborate: error instanceof Error ? error.message : String(error),
    hint: 'Check the connection, then run again. What was fetched before is still there.',
  };
}
