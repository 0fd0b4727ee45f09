/**
 * Code as the fragment of a link, `code=a…`: a letter for the version, then the packed text. A fragment stays in the
 * browser: no server sees it. Whatever a link holds is believed only after it was checked.
 */
import { packText, unpackText } from '../../shared/packed-text.ts';
import { ReaderError } from '../../shared/reader-error.ts';
import { shareKey } from './share-key.ts';

/** Longer links are cut by some of the programs that they pass through. */
export const MOST_LINK = 16_000;
/** Of the code itself, in bytes: nobody writes so much in a cell, and a small link could unpack to any size. */
export const MOST_CODE = 100_000;

const VERSION = 'a';

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
  const bytes = new TextEncoder().encode(code).length;
  if (bytes > MOST_CODE) throw tooLong(`${kilobytes(bytes)} of code`);
  const fragment = shareKey + VERSION + packText(code);
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
  if (!text.startsWith(VERSION)) throw damaged();
  const unpacked = unpackText(text.slice(VERSION.length), MOST_CODE);
  if ('text' in unpacked) return unpacked.text;
  throw unpacked.fault === 'too-much' ? tooMuch(MOST_CODE) : damaged();
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
