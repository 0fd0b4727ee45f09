import { zipSync } from 'fflate';

/** One student's feedback, and where it goes. */
export interface FeedbackFile {
  /** The path that the LMS takes it back under (`LmsName.feedbackPath`), or else the student's name. */
  path: string;
  text: string;
}

const LONGEST_PART = 100;
/** Names that Windows keeps for devices. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/iu;

/**
 * Feedback files as one archive, each under a path that can be unpacked anywhere and leads nowhere else.
 *
 * @param modified - the time that the files get: now, unless given
 */
export const feedbackZip = (
  files: readonly FeedbackFile[],
  modified: Date = new Date(),
): Uint8Array => {
  const encoder = new TextEncoder();
  const packed = Object.create(null) as Record<string, [Uint8Array, { mtime: Date }]>;
  const taken = new Set<string>();
  for (const { path, text } of files) {
    packed[freePath(safePath(path), taken)] = [encoder.encode(text), { mtime: modified }];
  }
  return zipSync(packed, { level: 6 });
};

/** A path that ends in .txt, of parts that every system takes. */
export const safePath = (path: string): string => {
  const parts = path
    .normalize('NFC')
    .split('/')
    .map(safePart)
    .filter((part) => part !== '');
  const file = parts.join('/') || 'student';
  return /\.txt$/iu.test(file) ? file : `${file}.txt`;
};

const safePart = (part: string): string => {
  const shown = part
    .replace(/[<>:"|?*\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '_')
    .replace(/^[.\s]+|[.\s]+$/gu, '');
  const short =
    shown.length <= LONGEST_PART
      ? shown
      : `${shown.slice(0, LONGEST_PART - 20)}~${shown.slice(-19)}`;
  return DEVICES.test(short) ? `_${short}` : short;
};

const freePath = (path: string, taken: Set<string>): string => {
  const stem = path.slice(0, -'.txt'.length);
  let free = path;
  // Some systems do not tell capitals apart.
  for (let count = 2; taken.has(free.toLowerCase()); count++) free = `${stem} (${count}).txt`;
  taken.add(free.toLowerCase());
  return free;
};
