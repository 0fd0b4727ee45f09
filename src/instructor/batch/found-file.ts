import type { ReaderError } from '../../shared/reader-error.ts';
import type { FileTime } from './file-time.ts';

/** A file that was dropped, or one of a folder that was. */
export interface BatchInput {
  /** Its path below what was dropped, with `/` between the parts. */
  path: string;
  blob: Blob;
  /** When it was last changed, in milliseconds: `lastModified` of a File. */
  modified?: number;
}

/** Where a file was found, before anything is believed of it. */
export interface FilePlace {
  /** For people: `hand-ins.zip › Holmes_42/hand-in.json`. */
  path: string;
  /** The path that the LMS gave: that within the archive; for what lies in an archive within it, that archive's. */
  lmsPath: string;
  size: number;
  time: FileTime | undefined;
  /** The archive that was dropped with this in it. */
  archive?: FilePlace;
}

export type FoundFile =
  | { kind: 'file'; place: FilePlace; bytes: Uint8Array }
  | { kind: 'fault'; place: FilePlace; fault: ReaderError }
  | { kind: 'ignored'; path: string };
