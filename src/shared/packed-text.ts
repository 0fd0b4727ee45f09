/**
 * Text made short enough for a link or a paste: base64url of a checksum and the deflated text. Whatever such a
 * text holds is believed only after it was checked, and it is unpacked only as far as the caller allows.
 */
import { Inflate, deflateSync } from 'fflate';

const CHECKSUM_BYTES = 4;
/** Deflate makes at most 1,032 bytes of one: a piece of this size makes 4 MB at most, which floods no memory. */
const PIECE = 4096;

/** Why a packed text is not unpacked: it lost or changed something, or it unpacks to more than is allowed. */
export type UnpackFault = 'damaged' | 'too-much';

export type Unpacked = { text: string } | { fault: UnpackFault };

class TooMuch extends Error {}

/**
 * The packed form of a text, in signs of base64url.
 *
 * @internal
 */
export const packText = (text: string): string => {
  const bytes = new TextEncoder().encode(text);
  const packed = deflateSync(bytes, { level: 9 });
  const whole = new Uint8Array(CHECKSUM_BYTES + packed.length);
  new DataView(whole.buffer).setUint32(0, checksum(bytes));
  whole.set(packed, CHECKSUM_BYTES);
  return toBase64Url(whole);
};

/**
 * The text of a packed form, or what is wrong with it.
 *
 * @param most - bytes of the text, at most
 * @internal
 */
export const unpackText = (packed: string, most: number): Unpacked => {
  const whole = fromBase64Url(packed);
  if (whole === undefined || whole.length <= CHECKSUM_BYTES) return { fault: 'damaged' };
  try {
    const bytes = inflateAtMost(whole.subarray(CHECKSUM_BYTES), most);
    if (checksum(bytes) !== new DataView(whole.buffer).getUint32(0)) return { fault: 'damaged' };
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    return { fault: error instanceof TooMuch ? 'too-much' : 'damaged' };
  }
};

/** Unpacks piece by piece and stops at the limit, whatever is still to come. */
const inflateAtMost = (packed: Uint8Array, most: number): Uint8Array => {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  const inflate = new Inflate((piece, final) => {
    length += piece.length;
    if (length > most) throw new TooMuch();
    // The library reuses what it hands out.
    pieces.push(piece.slice());
    ended = final;
  });
  for (let at = 0; at < packed.length; at += PIECE) {
    inflate.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
  }
  if (!ended) throw new Error('The deflated text has no end.');
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
};

/** FNV-1a: a text that lost or changed a character on its way must not open as another. */
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
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
  } catch {
    return undefined;
  }
};
