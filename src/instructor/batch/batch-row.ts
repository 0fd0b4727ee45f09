import type { HandIn } from '../../schemas/hand-in.ts';
import type { ReaderErrorData } from '../../shared/reader-error.ts';
import type { Remark } from '../grade/graded.ts';
import type { FileTime } from './file-time.ts';
import type { LmsName } from './lms-name.ts';

/** One file that came in, as a row of the table shows it. Everything of it is a stranger's text. */
export interface BatchRow {
  /** Tells it from the other rows of this batch. */
  key: string;
  path: string;
  size: number;
  /** `ready`: to be graded. `superseded`: the student's newer one counts. `refused`: `fault` says why. */
  state: 'ready' | 'superseded' | 'refused';
  lms?: LmsName;
  /** By the LMS, the archive or the file; never by the student. Nothing if none of them says. */
  arrival?: FileTime;
  handIn?: HandIn;
  fault?: ReaderErrorData;
  /** Key of the row that counts instead. */
  supersededBy?: string;
  remarks: Remark[];
}

/** A row that was read. */
export type ReadRow = BatchRow & { handIn: HandIn };

export const isRead = (row: BatchRow): row is ReadRow => row.handIn !== undefined;
