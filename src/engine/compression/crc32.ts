/** Remainders of all bytes, for the polynomial 0x04C11DB7 with its bits reversed. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
  }
  return remainder;
});

/**
 * CRC-32 as zip, gzip and PNG take it, over several pieces of bytes as if they were one.
 *
 * @see ISO/IEC 8802-3 (Ethernet), clause 3.2.9; RFC 1952, section 8
 * @internal
 */
export function crc32(...pieces: readonly Uint8Array[]): number {
  let remainder = 0xffffffff;
  for (const bytes of pieces) {
    for (let i = 0; i < bytes.length; i++) {
      remainder = TABLE[(remainder ^ bytes[i]!) & 0xff]! ^ (remainder >>> 8);
    }
  }
  return (remainder ^ 0xffffffff) >>> 0;
}
