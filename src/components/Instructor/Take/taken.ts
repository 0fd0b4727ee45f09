import type { ExerciseRecord } from '../../../progress/records.ts';
import type { Item } from '../../../schemas/assignment.ts';
import type { Student } from '../../../schemas/hand-in.ts';

/** What the student's browser keeps of an assignment: nothing of it leaves the browser before Hand in. */
export interface TakenAssignment {
  /** Identity of the assignment. */
  id: string;
  title: string;
  /** Its file, as it was opened last. */
  file: string;
  /** Undefined until Begin was pressed. */
  student?: Student;
  /** Time of Begin, ISO. */
  startedAt?: string;
  /** The oldest first. */
  handedIn: Receipt[];
  updatedAt: number;
}

/** A hand-in that was made here. */
export interface Receipt {
  /** ISO, by this device's clock. */
  at: string;
  /** SHA-256 of what was handed in, in hexadecimal. */
  hash: string;
  answered: number;
  of: number;
}

/** What the last Check of an exercise said, and of which text. */
export interface Judged {
  code: string;
  passed: boolean;
  checks: number;
  of: number;
}

/** The work at one item. */
export type Work =
  | { kind: 'exercise'; id: string; record: ExerciseRecord; judged?: Judged; updatedAt: number }
  | { kind: 'quiz'; id: string; tried: number[]; correct: boolean; updatedAt: number }
  | { kind: 'written'; id: string; text: string; updatedAt: number };

export type WorkOf<Kind extends Work['kind']> = Extract<Work, { kind: Kind }>;

/** What an item and its work are filed under. */
export const itemKey = ({ kind, id }: Pick<Item, 'kind' | 'id'>): string => `${kind} ${id}`;

/** All work at an assignment, by {@link itemKey}. */
export type AllWork = ReadonlyMap<string, Work>;

/** The work at an item, if it is of the item's kind. */
export const workAt = <Kind extends Work['kind']>(
  all: AllWork,
  { kind, id }: { kind: Kind; id: string },
): WorkOf<Kind> | undefined => {
  const work = all.get(itemKey({ kind, id }));
  return work?.kind === kind ? (work as WorkOf<Kind>) : undefined;
};
