import { ReaderError } from '../shared/reader-error.ts';
import { CatalogueFiles } from './book-files.ts';
import { parseCatalogue } from './files.ts';
import type { BookFiles } from './book-files.ts';

/** The book's files, fetched from where the book lies. */
export function browserBookFiles(base: string): BookFiles {
  return new CatalogueFiles({
    catalogue: async () => parseCatalogue(await (await get(base, 'data/catalogue.json')).text()),
    fetchPart: async ({ url, bytes }, onLoaded) =>
      readBody(await get(base, url), url, bytes, onLoaded),
  });
}

async function get(base: string, url: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(base + url);
  } catch {
    throw notLoaded(url, 'There is no connection, and it has not been fetched before.');
  }
  if (!response.ok) throw notLoaded(url, `The server answered ${response.status}.`);
  return response;
}

/** Reads no more than the catalogue promised. */
async function readBody(
  response: Response,
  url: string,
  bytes: number,
  onLoaded: (bytes: number) => void,
): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array(await response.arrayBuffer());
  const body = new Uint8Array(bytes);
  let filled = 0;
  for (;;) {
    let step: ReadableStreamReadResult<Uint8Array>;
    try {
      step = await reader.read();
    } catch {
      throw notLoaded(url, 'The connection broke off.');
    }
    if (step.done) return body.subarray(0, filled);
    if (filled + step.value.byteLength > bytes) {
      await reader.cancel();
      throw notLoaded(url, `It is longer than the ${bytes} bytes that the catalogue names.`);
    }
    body.set(step.value, filled);
    filled += step.value.byteLength;
    onLoaded(filled);
  }
}

function notLoaded(url: string, elaborate: string): ReaderError {
  return new ReaderError({
    code: 'file-not-loaded',
    explain: `The book's file ${url} could not be fetched.`,
    elaborate,
    hint: 'Check the connection, then run again. Everything fetched before is still there.',
  });
}
