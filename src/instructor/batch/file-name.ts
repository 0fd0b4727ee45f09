import { ReaderError } from '../../shared/reader-error.ts';

const LONGEST = 1_000;

/** Files that systems add by themselves and nobody handed in. */
const addedBySystems = /^(?:\.|__MACOSX$|Thumbs\.db$|desktop\.ini$|~\$)/iu;

/** Whether a file is one that a system added: they are counted and not read. */
export const isAddedBySystem = (path: string): boolean =>
  path.split(/[/\\]/u).some((part) => part !== '.' && part !== '..' && addedBySystems.test(part));

/** A name as it may be shown: composed (NFC), and without what cannot be seen or turns the text around. */
export const shownName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD')
    .slice(0, LONGEST);

/** The name of a zip's entry: UTF-8, as nearly all are whatever they say, else one of the old one-byte kinds. */
export const decodeName = (encoded: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(encoded);
  } catch {
    return new TextDecoder('windows-1252').decode(encoded);
  }
};

/**
 * A path inside an archive, with `/` between its parts and composed letters.
 *
 * @throws ReaderError `file-name-leads-out`, `file-name-too-long`
 */
export const innerPath = (name: string): string => {
  const path = name.replaceAll('\\', '/').normalize('NFC');
  const leadsOut =
    path === '' ||
    path.startsWith('/') ||
    /^[a-z]:/iu.test(path) ||
    path.includes('\0') ||
    path.split('/').includes('..');
  if (leadsOut) {
    throw new ReaderError({
      code: 'file-name-leads-out',
      explain: `The archive gives this file the name ${JSON.stringify(shownName(name).slice(0, 80))}, which leads out of the archive.`,
      elaborate: 'No program that packs files writes such a name by itself. The file was not read.',
      hint: 'Ask the student for the file by itself.',
    });
  }
  if (path.length > LONGEST) {
    throw new ReaderError({
      code: 'file-name-too-long',
      explain: `The archive gives this file a name of ${path.length} characters; at most ${LONGEST} are read.`,
      hint: 'Ask the student for the file by itself.',
    });
  }
  return path;
};
