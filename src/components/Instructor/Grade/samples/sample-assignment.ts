import type { Exercise } from '../../../../exercises/load.ts';
import { itemVersion } from '../../../../instructor/item-version.ts';
import {
  assignmentFormat,
  assignmentVersion,
  type Assignment,
  type Item,
  type PinnedExercise,
  type PinnedQuestion,
} from '../../../../schemas/assignment.ts';
import type { QuizQuestion } from '../../../../schemas/quiz.ts';
import type { ReadyAssignment } from '../../../../schemas/ready-assignment.ts';
import { pinnedQuestion } from '../quiz-sheet.ts';
import { quizSheets } from '../quiz-sheets.ts';

/** What the samples are made of. */
export interface SampleParts {
  ready: ReadyAssignment;
  exercises: ReadonlyMap<string, Exercise>;
  questions: ReadonlyMap<string, QuizQuestion>;
  /** The printing: the package's version. */
  book: string;
}

/** Of the ready-made assignment of chapter 1, as much as can be looked through in five minutes. */
const CHOSEN = new Set([
  'count-the-bytes',
  'to-bfloat16',
  'scale-and-zero-point',
  'biases-or-weights',
  'who-sets-the-scale',
  'no-harm-was-done',
]);

/** By which the page knows that its samples are open. */
export const sampleId = 'afirstcase1';

/** A part of the samples by its id. One that the book no longer has fails the build. */
export const partOf = <T>(parts: ReadonlyMap<string, T>, id: string): T => {
  const found = parts.get(id);
  if (found === undefined)
    throw new Error(`The sample hand-ins need ${id}, which the book has no more.`);
  return found;
};

const pinnedOf = async ({ data, checks, starter }: Exercise): Promise<PinnedExercise> => {
  const { entry, seed, limits } = data;
  const version = await itemVersion({ kind: 'exercise', checks, entry, seed, limitMs: limits.ms });
  return { version, entry, seed, limitMs: limits.ms, checks, starter };
};

/** The sample assignment: with a due time, minutes of grace and a deduction, so that each has something to do. */
export const sampleAssignment = async ({
  ready,
  exercises,
  questions,
  book,
}: SampleParts): Promise<Assignment> => {
  const pinned: Record<string, PinnedExercise> = {};
  const pinnedQuestions: Record<string, PinnedQuestion> = {};
  const items: Item[] = [];
  for (const item of ready.items.filter(({ id }) => CHOSEN.has(id))) {
    if (item.kind === 'written') {
      const { samples: _, ...rest } = item;
      items.push(rest);
    } else if (item.kind === 'quiz') {
      const sheets = await quizSheets([partOf(questions, item.id)]);
      const kept = pinnedQuestion(sheets[item.id]!);
      pinnedQuestions[item.id] = kept;
      items.push({ ...item, version: kept.version });
    } else {
      const sheet = await pinnedOf(partOf(exercises, item.id));
      pinned[item.id] = sheet;
      items.push({ ...item, version: sheet.version });
    }
  }
  if (items.length !== CHOSEN.size) {
    throw new Error(
      'The ready-made assignment of chapter 1 has lost an item that the samples answer.',
    );
  }
  return {
    format: assignmentFormat,
    version: assignmentVersion,
    id: sampleId,
    title: 'Sample: the first case',
    instructions: ready.instructions,
    book,
    createdAt: '2026-09-21T09:00:00Z',
    items,
    opens: '2026-09-21T09:00:00Z',
    due: '2026-10-02T18:00:00Z',
    graceMinutes: 15,
    late: { kind: 'deduct', percentPerDay: 10, mostDays: 5 },
    exceptions: [],
    policy: { hints: 'cost', hintCost: 10, solution: 'after-due', attempts: 0 },
    variants: false,
    pinned,
    pinnedQuestions,
  };
};
