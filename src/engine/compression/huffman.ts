import { canonicalCodes } from './canonical-codes.ts';
import { decodeHuffman } from './decode-huffman.ts';
import { encodeHuffman } from './encode-huffman.ts';
import { huffmanCodeLengths } from './huffman-code-lengths.ts';

/** The Huffman coder in one hand: {@link encodeHuffman}, {@link decodeHuffman} and the two steps of making a code. */
export const huffman = Object.freeze({
  encode: encodeHuffman,
  decode: decodeHuffman,
  codeLengths: huffmanCodeLengths,
  canonicalCodes,
});
