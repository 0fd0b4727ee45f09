/** `npm run grade` in headless Chromium: marks, forged claims, resuming, shards. Needs no built book. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readResults } from '../../scripts/grade/results-file.ts';
import { writeAssignment } from '../../src/instructor/assignment-file.ts';
import { writeHandIn } from '../../src/instructor/hand-in-file.ts';
import { makeSealKeys, writeSealKey } from '../../src/instructor/seal-key.ts';
import { seal, writeSealed } from '../../src/instructor/seal.ts';
import type { Assignment } from '../../src/schemas/assignment.ts';
import type { SealKeyFile } from '../../src/schemas/seal-key.ts';
import {
  makeCourse,
  makeHandIn,
  mustEarn,
  writeCourse,
  type Course,
} from '../support/many-hand-ins.ts';

const STUDENTS = 9;
/** `GRADE_COUNT=500` measures a large course: `npx playwright test grade-command -g speed`. */
const MANY = Number(process.env['GRADE_COUNT'] ?? 24);

let folder: string;
let course: Course;
const at = (name: string): string => join(folder, name);

test.describe.configure({ mode: 'default', timeout: 900_000 });
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grade-'));
  course = await makeCourse();
  await writeFile(at('assignment.json'), writeAssignment(course.assignment));
  await writeCourse(at('hand-ins'), course, STUDENTS);
  const one = readFileSync(at('hand-ins/student-1.json'), 'utf8');
  await writeFile(at('hand-ins/cut-off.json'), one.slice(0, 200));
});
test.afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  code: number | null;
  out: string;
  errors: string;
}

/** Runs the command to its end; `onError` sees what it says of its progress. */
function grade(
  args: readonly string[],
  onError: (text: string, stop: () => void) => void = () => undefined,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['scripts/grade.ts', ...args], { cwd: process.cwd() });
    const [out, errors]: [string[], string[]] = [[], []];
    let stopped = false;
    // Once: a second signal ends the command without a word, as anywhere.
    const stop = (): void => {
      if (!stopped) child.kill('SIGTERM');
      stopped = true;
    };
    child.stdout.on('data', (text: Buffer) => out.push(String(text)));
    child.stderr.on('data', (text: Buffer) => {
      errors.push(String(text));
      onError(errors.join(''), stop);
    });
    child.on('close', (code) => resolve({ code, out: out.join(''), errors: errors.join('') }));
  });
}

const common = (out: string): string[] => [
  ...[at('hand-ins'), '--assignment', at('assignment.json'), '--out', at(out)],
  ...['--jobs', '2', '--seed', '1894'],
];

/** Marks by student, as the results have them. */
function marksIn(results: string): Record<string, number | undefined> {
  const { lines } = readResults(at(results));
  const read = [...lines.values()].filter(({ row }) => row.handIn !== undefined);
  return Object.fromEntries(
    read.map(({ row, graded }) => [row.handIn!.student.id, graded?.earned]),
  );
}

const expected = (count: number): Record<string, number> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`s${index + 1}`, mustEarn(index + 1, course)]),
  );

test('marks come of the re-run and not of the claim; a broken file is a row', async () => {
  const { code, out, errors } = await grade(common('marks.csv'));
  expect(code, errors).toBe(0);
  expect(marksIn('marks.results.jsonl')).toEqual(expected(STUDENTS));
  expect(out).toContain('1 files were refused.');
  expect(out).toContain(`${STUDENTS - STUDENTS / 3} hand-ins claim more than they earned.`);
  const table = readFileSync(at('marks.csv'), 'utf8');
  expect(table.trimEnd().split('\r\n')).toHaveLength(1 + STUDENTS + 1);
  expect(table).toContain('cut-off.json,refused');

  const again = await grade(common('marks.csv'));
  expect(again.code).toBe(1);
  expect(again.errors).toContain('is there already');
  expect(readFileSync(at('marks.csv'), 'utf8')).toBe(table);
});

test('what was stopped goes on, and ends the same', async () => {
  const stopped = await grade(common('stopped.csv'), (text, stop) => {
    if (/graded [3-9] of/.test(text)) stop();
  });
  expect(stopped.code, stopped.errors).toBe(130);
  expect(stopped.out).toContain('--resume goes on from here');
  const marks = Object.values(marksIn('stopped.results.jsonl'));
  const done = marks.filter((mark) => mark !== undefined).length;
  expect(done).toBeGreaterThanOrEqual(3);
  expect(done).toBeLessThan(STUDENTS);
  // As if the power had gone in the middle of a line.
  const log = at('stopped.results.jsonl');
  await truncate(log, readFileSync(log).length - 20);

  const { code, out, errors } = await grade([...common('stopped.csv'), '--resume']);
  expect(code, errors).toBe(0);
  expect(out).toContain(`${done - 1} of them before`);
  expect(readFileSync(at('stopped.csv'), 'utf8')).toBe(readFileSync(at('marks.csv'), 'utf8'));

  const other = common('stopped.csv').map((arg) => (arg === '1894' ? '1895' : arg));
  const refused = await grade([...other, '--resume']);
  expect(refused.code).toBe(1);
  expect(refused.errors).toContain('another seed');
});

test('three shards merge into the table of the whole, to the byte', async () => {
  const shards = ['1/3', '2/3', '3/3'];
  for (const shard of shards) {
    const { code, errors } = await grade([...common('parts.csv'), '--shard', shard]);
    expect(code, errors).toBe(0);
  }
  const parts = shards.map((shard) => at(`parts.${shard.replace('/', '-of-')}.results.jsonl`));
  const merge = (given: readonly string[], out: string): Promise<Ended> =>
    grade(['--merge', ...given, '--assignment', at('assignment.json'), '--out', at(out)]);

  const missing = await merge(parts.slice(0, 2), 'missing.csv');
  expect(missing.code).toBe(1);
  expect(missing.errors).toContain('these are missing: 3');

  const { code, out, errors } = await merge(parts, 'merged.csv');
  expect(code, errors).toBe(0);
  expect(out).toContain(`${STUDENTS} hand-ins graded`);
  expect(readFileSync(at('merged.csv'), 'utf8')).toBe(readFileSync(at('marks.csv'), 'utf8'));
});

test('private checks count besides, and are tried on the book’s solutions first', async () => {
  const checks = (expected: string): string => `// exercise: count-the-bytes
import { check, defineChecks, expectEqual } from 'heavy-weights/checks';
export default defineChecks([
  check('is-there', 'is a function', async () => { expectEqual(1, ${expected}); }),
]);`;
  await writeFile(at('good.ts'), checks('1'));
  await writeFile(at('bad.ts'), checks('2'));
  const bad = await grade([...common('private.csv'), '--private-checks', at('bad.ts')]);
  expect(bad.code).toBe(1);
  expect(bad.errors).toContain('own solutions do not pass your checks');
  const good = await grade([
    ...common('private.csv'),
    ...['--private-checks', at('good.ts'), '--force'],
  ]);
  expect(good.code, good.errors).toBe(0);
  expect(marksIn('private.results.jsonl')).toEqual(expected(STUDENTS));
});

/** A course of one small exercise and two students who have it right; its table of marks by further options. */
async function smallCourse(
  name: string,
  change: (assignment: Assignment) => void,
  textOf: (handIn: string, student: number) => Promise<string> | string = (handIn) => handIn,
): Promise<(...options: string[]) => Promise<string>> {
  const small = await makeCourse(['count-the-bytes']);
  change(small.assignment);
  const [assignment, folder, out] = ['json', 'hand-ins', 'csv'].map((end) => at(`${name}.${end}`));
  await writeFile(assignment!, writeAssignment(small.assignment));
  await mkdir(folder!);
  for (const [student, arrived] of [
    [3, '2026-11-11T10:05:00Z'],
    [6, '2026-11-21T12:00:00Z'],
  ] as const) {
    const path = join(folder!, `student-${student}.json`);
    await writeFile(path, await textOf(writeHandIn(await makeHandIn(student, small)), student));
    await utimes(path, new Date(arrived), new Date(arrived));
  }
  return async (...options) => {
    const args = [folder!, '--assignment', assignment!, '--out', out!, '--jobs', '1', '--force'];
    const { code, errors } = await grade([...args, ...options]);
    expect(code, errors).toBe(0);
    return readFileSync(out!, 'utf8');
  };
}

test('what --received says counts for all, and not the times of the files', async () => {
  // Due on the 20th at 18:00.
  const table = await smallCourse('received', (assignment) => {
    assignment.late = { kind: 'deduct', percentPerDay: 10, mostDays: 5 };
  });
  const byFiles = await table();
  expect(byFiles).toContain(',student-3.json,graded,2026-11-11T10:05:00.000Z,on-time,5,5,');
  expect(byFiles).toContain(
    ',student-6.json,graded,2026-11-21T12:00:00.000Z,"late, 1080 min",4.5,5,',
  );
  const onTime = await table('--received', '2026-11-20T18:00Z');
  const late = await table('--received', '2026-11-21T20:01+02:00');
  for (const file of ['student-3.json', 'student-6.json']) {
    expect(onTime).toContain(`,${file},graded,2026-11-20T18:00:00.000Z,on-time,5,5,`);
    expect(late).toContain(`,${file},graded,2026-11-21T18:01:00.000Z,"late, 1441 min",4,5,`);
  }
});

test('--key opens sealed hand-ins; without it, or with another’s, they stay closed', async () => {
  const keys = await makeSealKeys('a0123456789');
  const table = await smallCourse(
    'sealed',
    (assignment) => {
      assignment.sealKey = keys.public;
    },
    async (handIn, student) =>
      student === 3 ? writeSealed(await seal(handIn, 'a0123456789', keys.public)) : handIn,
  );
  const write = async (name: string, key: SealKeyFile): Promise<string> => {
    await writeFile(at(name), writeSealKey(key));
    return at(name);
  };
  const open = /^Student 6,s6,,student-6.json,graded,[^,]+,"late, 1080 min",5,5,/m;
  const closed = await table();
  expect(closed).toMatch(/^,,,student-3.json,refused,.*This hand-in is sealed\.\r$/m);
  expect(closed).toMatch(open);
  const opened = await table('--key', await write('key.json', keys.private));
  expect(opened).toMatch(/^Student 3,s3,,student-3.json,graded,[^,]+,on-time,5,5,/m);
  expect(opened).toMatch(open);
  // Another pair for the same assignment, and the key of another assignment.
  const other = await makeSealKeys('a0123456789');
  const wrong = await table('--key', await write('other.json', other.private));
  expect(wrong).toMatch(/^,,,student-3.json,refused,.*does not open with this key\.\r$/m);
  const strange = await write('strange.json', { ...keys.private, assignment: 'a9876543210' });
  await expect(table('--key', strange)).rejects.toThrow('is the key of another assignment');
});

test('speed of a large course', async () => {
  await writeCourse(at('many'), course, MANY);
  const args = [at('many'), '--assignment', at('assignment.json'), '--out', at('many.csv')];
  const { code, out, errors } = await grade([...args, '--seed', '1']);
  expect(code, errors).toBe(0);
  expect(marksIn('many.results.jsonl')).toEqual(expected(MANY));
  console.log(out.split('\n')[0]);
});
