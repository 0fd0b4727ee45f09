/** The samples, made of the book as it is: while the site is built, or by scripts/make-sample-hand-ins.ts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../../build/project-root.ts';
import { readyAssignments } from '../../../../build/ready-assignments.ts';
import { loadExercise } from '../../../../exercises/load.ts';
import { parseQuiz } from '../../../../exercises/quiz.ts';
import { writeAssignment } from '../../../../instructor/assignment-file.ts';
import type { Assignment } from '../../../../schemas/assignment.ts';
import { sampleAssignment, type SampleParts } from './sample-assignment.ts';
import { sampleHandIns, type SampleFile } from './sample-hand-ins.ts';
import { sampleGradebook, sampleZip } from './sample-zip.ts';

export interface BookSamples {
  assignment: Assignment;
  files: SampleFile[];
  /** `assignment.json` */
  assignmentText: string;
  /** `hand-ins.zip` */
  zip: Uint8Array;
  /** `gradebook.csv` */
  gradebook: string;
}

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

/** Everything that the samples are made of, read from the project's folders. */
export const sampleParts = async (): Promise<SampleParts> => {
  const ready = readyAssignments().find(({ chapter }) => chapter === 1);
  if (ready === undefined)
    throw new Error('The samples need the ready-made assignment of chapter 1.');
  const ids = ready.items.flatMap(({ kind, id }) => (kind === 'exercise' ? [id] : []));
  const exercises = await Promise.all(
    ids.map((id) => loadExercise(join(projectRoot, 'content', 'exercises', id))),
  );
  const file = 'content/quizzes/chapter-1.yaml';
  const { version } = JSON.parse(read('package.json')) as { version: string };
  return {
    ready,
    exercises: new Map(exercises.map((exercise) => [exercise.data.id, exercise])),
    questions: new Map(parseQuiz(read(file), file).map((question) => [question.id, question])),
    book: version,
  };
};

let made: Promise<BookSamples> | undefined;

const make = async (): Promise<BookSamples> => {
  const parts = await sampleParts();
  const assignment = await sampleAssignment(parts);
  const files = await sampleHandIns(parts, assignment);
  return {
    assignment,
    files,
    assignmentText: writeAssignment(assignment),
    zip: sampleZip(files),
    gradebook: sampleGradebook(assignment),
  };
};

/** The samples, made once. */
export const bookSamples = (): Promise<BookSamples> => (made ??= make());
