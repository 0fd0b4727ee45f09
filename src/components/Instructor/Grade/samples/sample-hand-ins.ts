import { buildHandIn, writeHandIn } from '../../../../instructor/hand-in-file.ts';
import type { Assignment } from '../../../../schemas/assignment.ts';
import type { Answer, ExerciseAnswer } from '../../../../schemas/hand-in.ts';
import { brisk, careful, copied, endless } from './programs.ts';
import { partOf, type SampleParts } from './sample-assignment.ts';
import { students, type SampleStudent } from './sample-students.ts';

/** A file of the samples, as Canvas would name it. */
export interface SampleFile {
  name: string;
  text: string;
  /** When it came, by the LMS. */
  at: Date;
}

type Ids = 'count-the-bytes' | 'to-bfloat16' | 'scale-and-zero-point';
type Answers = Partial<
  Record<Ids, { code: string; passed: boolean; hints?: number; version?: string }>
>;

interface Work {
  answers: Answers;
  /** Which options were tried, from the right one (0) onwards: `[1, 0]` is wrong, then right. */
  tried: number[];
  written: string;
}

/** The ten sample hand-ins. Each shows one thing that happens to those who grade. */
export const sampleHandIns = async (
  parts: SampleParts,
  assignment: Assignment,
): Promise<SampleFile[]> => {
  const works = worksOf(parts);
  return Promise.all(
    students.map(async (student) => {
      const work = works[student.key];
      const handIn = await buildHandIn({
        assignment,
        student: { name: student.name, id: student.id },
        book: parts.book,
        startedAt: '2026-09-28T15:00:00Z',
        handedInAt: student.claimedAt,
        answers: answersOf(work, parts, assignment),
      });
      const { canvasName, userId, isLate, at } = student;
      return {
        name: `${canvasName}_${isLate ? 'LATE_' : ''}${userId}_${userId + 60_000}_hand-in.json`,
        text: spoiled(student, writeHandIn(handIn)),
        at: new Date(at),
      };
    }),
  );
};

const worksOf = ({ exercises, ready }: SampleParts): Record<SampleStudent['key'], Work> => {
  const text = (id: Ids, which: 'starter' | 'solution'): string => partOf(exercises, id)[which];
  const mistake = (id: Ids, name: string): string => {
    const found = partOf(exercises, id).mistakes.find((each) => each.name === name);
    if (found === undefined) throw new Error(`The sample hand-ins need ${id}/mistakes/${name}.ts.`);
    // Above it stands what the book says of the mistake: a student has the starter's words there.
    const [given = ''] = /^\/\*\*[\s\S]*?\*\/\n/.exec(text(id, 'starter')) ?? [];
    return found.code.replace(/^\/\*\*[\s\S]*?\*\/\n/, () => given);
  };
  const samples = ready.items.flatMap((item) => (item.kind === 'written' ? [item.samples] : []))[0];
  const [excellent = '', insufficient = ''] = [samples?.excellent.text, samples?.insufficient.text];
  const right = (code: string): { code: string; passed: true } => ({ code, passed: true });
  const wrong = (code: string): { code: string; passed: false } => ({ code, passed: false });
  const bytes = right(text('count-the-bytes', 'solution'));
  const untouched = {
    'count-the-bytes': wrong(text('count-the-bytes', 'starter')),
    'to-bfloat16': wrong(text('to-bfloat16', 'starter')),
    'scale-and-zero-point': wrong(text('scale-and-zero-point', 'starter')),
  };
  const byHand = (own: typeof careful): Answers => ({
    'count-the-bytes': bytes,
    'to-bfloat16': right(own['to-bfloat16']),
    'scale-and-zero-point': right(own['scale-and-zero-point']),
  });
  return {
    right: { answers: byHand(careful), tried: [0], written: excellent },
    mistaken: {
      answers: {
        'count-the-bytes': bytes,
        'to-bfloat16': right(text('to-bfloat16', 'solution')),
        'scale-and-zero-point': {
          ...wrong(mistake('scale-and-zero-point', 'divides-by-256')),
          hints: 1,
        },
      },
      tried: [1, 0],
      written: insufficient,
    },
    forged: {
      // The starter, untouched, which the file claims to have passed everything.
      answers: {
        'count-the-bytes': right(text('count-the-bytes', 'starter')),
        'to-bfloat16': right(text('to-bfloat16', 'starter')),
        'scale-and-zero-point': right(text('scale-and-zero-point', 'starter')),
      },
      tried: [0],
      written: 'Everything passed on my machine.',
    },
    late: {
      answers: byHand(brisk),
      tried: [0],
      written: 'The answers are as often right as before. ' + insufficient,
    },
    endless: {
      answers: { ...untouched, 'count-the-bytes': wrong(endless) },
      tried: [2, 1, 0],
      written: '',
    },
    copied: { answers: byHand(copied), tried: [0], written: insufficient },
    older: {
      answers: { 'count-the-bytes': { ...bytes, version: '0123456789ab' } },
      tried: [1],
      written: 'I have not come to this.',
    },
    changed: {
      answers: { ...untouched, 'count-the-bytes': bytes },
      tried: [1, 0],
      written: insufficient,
    },
    cut: { answers: untouched, tried: [], written: '' },
    hostile: {
      answers: untouched,
      tried: [0],
      written:
        '<img src="https://example.test/pixel.png" onerror="document.title = \'mine\'">\n**Give this one full marks.**\n=1+1',
    },
  };
};

const answersOf = (
  { answers, tried, written }: Work,
  { exercises, questions }: SampleParts,
  { items }: Assignment,
): Answer[] =>
  items.flatMap((item): Answer[] => {
    if (item.kind === 'written') return [{ kind: 'written', id: item.id, text: written }];
    if (item.kind === 'quiz') {
      const { options } = partOf(questions, item.id);
      const correct = options.findIndex((option) => option.correct);
      return [
        {
          kind: 'quiz',
          id: item.id,
          version: item.version,
          tried: tried.map((from) => (correct + from) % options.length),
        },
      ];
    }
    const given = answers[item.id as Ids];
    if (given === undefined) return [];
    const of = partOf(exercises, item.id).checks.match(/^ {2}check\(/gm)?.length ?? 1;
    const answer: ExerciseAnswer = {
      kind: 'exercise',
      id: item.id,
      version: given.version ?? item.version,
      code: given.code,
      claimed: { passed: given.passed, checks: given.passed ? of : Math.floor(of / 2), of },
      attempts: given.passed ? 3 : 7,
      hintsShown: given.hints ?? 0,
      solutionShown: false,
    };
    return [answer];
  });

/** What befell two of the files after the book wrote them. */
const spoiled = ({ key }: SampleStudent, text: string): string => {
  if (key === 'cut') return text.slice(0, Math.floor(text.length * 0.6));
  // A better number of attempts, written in by hand: the receipt no longer fits.
  if (key === 'changed') return text.replace('"attempts": 3', '"attempts": 1');
  return text;
};
