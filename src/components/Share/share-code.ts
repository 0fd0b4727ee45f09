/**
 * Code as the fragment of a link, `code=a…`: a letter for the version, then base64url of a checksum and the deflated
 * text. A fragment stays in the browser: no server sees it. Whatever a link holds is believed only after it was checked.
 */
import { Inflate, deflateSync } from 'fflate';
import { ReaderError } from '../../shared/reader-error.ts';
import { shareKey } from './share-key.ts';

/** Longer links are cut by some of the programs that they pass through. */
export const MOST_LINK = 16_000;
/** Of the code itself, in bytes: nobody writes so much in a cell, and a small link could unpack to any size. */
export const MOST_CODE = 100_000;

const VERSION = 'a';
const CHECKSUM_BYTES = 4;
/** Deflate makes at most 1,032 bytes of one: a piece of this size cannot flood the memory. */
const PIECE = 256;

/**
 * The fragment that carries a text, without its `#`.
 *
 * @throws ReaderError `share-empty`, `share-too-long`
 */
export const shareFragment = (code: string): string => {
  if (code.trim() === '') {
    throw new ReaderError({
      code: 'share-empty',
      explain: 'There is no code to share yet.',
    });
  }
  const bytes = new TextEncoder().encode(code);
  if (bytes.length > MOST_CODE) throw tooLong(`${kilobytes(bytes.length)} of code`);
  const packed = deflateSync(bytes, { level: 9 });
  const whole = new Uint8Array(CHECKSUM_BYTES + packed.length);
  new DataView(whole.buffer).setUint32(0, checksum(bytes));
  whole.set(packed, CHECKSUM_BYTES);
  const fragment = shareKey + VERSION + toBase64Url(whole);
  if (fragment.length > MOST_LINK) {
    throw tooLong(`a link of ${fragment.length.toLocaleString('en-GB')} characters`);
  }
  return fragment;
};

/**
 * The code that a fragment carries.
 *
 * @throws ReaderError `share-version`, `share-damaged`, `share-too-long`
 */
export const sharedCode = (fragment: string): string => {
  const text = fragment.replace(/^#/, '').slice(shareKey.length);
  if (text.length + shareKey.length > MOST_LINK) {
    throw new ReaderError({
      code: 'share-too-long',
      explain: `The link has ${text.length.toLocaleString('en-GB')} characters; the book makes none longer than ${MOST_LINK.toLocaleString('en-GB')}.`,
    });
  }
  if (text !== '' && /^[a-z]/.test(text) && !text.startsWith(VERSION)) {
    throw new ReaderError({
      code: 'share-version',
      explain: `The link is of version “${text.charAt(0)}”, and this printing of the book reads version “${VERSION}”.`,
      hint: 'Open it in the printing that made it, or ask for the code itself.',
    });
  }
  const whole = fromBase64Url(text.slice(VERSION.length));
  if (!text.startsWith(VERSION) || whole === undefined || whole.length <= CHECKSUM_BYTES) {
    throw damaged();
  }
  const bytes = inflateAtMost(whole.subarray(CHECKSUM_BYTES), MOST_CODE);
  if (checksum(bytes) !== new DataView(whole.buffer).getUint32(0)) throw damaged();
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw damaged();
  }
};

/** Unpacks piece by piece and stops at the limit, whatever is still to come. */
const inflateAtMost = (packed: Uint8Array, most: number): Uint8Array => {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  const inflate = new Inflate((piece, final) => {
    length += piece.length;
    if (length > most) throw tooMuch(most);
    // The library reuses what it hands out.
    pieces.push(piece.slice());
    ended = final;
  });
  try {
    for (let at = 0; at < packed.length; at += PIECE) {
      inflate.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    }
  } catch (error) {
    throw error instanceof ReaderError ? error : damaged();
  }
  if (!ended) throw damaged();
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
};

/** FNV-1a: a link that lost or changed a character on its way must not open as other code. */
const checksum = (bytes: Uint8Array): number => {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
};

const toBase64Url = (bytes: Uint8Array): string => {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
};

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  if (!/^[\w-]*$/.test(text)) return undefined;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
};

const kilobytes = (bytes: number): string => `${Math.ceil(bytes / 1000)} kB`;

const tooLong = (what: string): ReaderError =>
  new ReaderError({
    code: 'share-too-long',
    explain: `This is too much for a link: it would take ${what}, and links of more than ${MOST_LINK.toLocaleString('en-GB')} characters are cut on their way.`,
    hint: 'Share a shorter piece, or send the code as a text.',
  });

const tooMuch = (most: number): ReaderError =>
  new ReaderError({
    code: 'share-too-long',
    explain: `The link unpacks to more than ${kilobytes(most)} of code; the book makes no such links.`,
  });

const damaged = (): ReaderError =>
  new ReaderError({
    code: 'share-damaged',
    explain: 'The link is damaged: a part of it was lost or changed on its way.',
    hint: 'Ask for it again, and copy the whole of it.',
  });
