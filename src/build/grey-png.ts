import { crc32, deflateSync } from 'node:zlib';

/** A PNG of grey levels: `levels[i]` in 0 … 2^bits − 1, with 1, 2, 4 or 8 bits a pixel. */
export const encodeGreyPng = (
  levels: Uint8Array,
  width: number,
  height: number,
  bits: 1 | 2 | 4 | 8,
): Buffer => {
  const stride = Math.ceil((width * bits) / 8);
  // Each row begins with its filter; 0 is none.
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * bits;
      const at = y * (stride + 1) + 1 + (bit >> 3);
      rows[at] = rows[at]! | (levels[y * width + x]! << (8 - bits - (bit & 7)));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = bits;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const chunk = (type: string, body: Buffer): Buffer => {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(typed));
  return Buffer.concat([size, typed, check]);
};
