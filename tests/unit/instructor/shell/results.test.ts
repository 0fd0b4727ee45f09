import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BookOnDisk } from '../../../../scripts/grade/book-on-disk.ts';
import { findAlike } from '../../../../scripts/grade/find-alike.ts';
import { marksTable, type Alike } from '../../../../scripts/grade/marks-table.ts';
import { joinParts } from '../../../../scripts/grade/merge-results.ts';
import { keyedRows } from '../../../../scripts/grade/result-keys.ts';
import {
  appendResult,
  readResults,
  writeResults,
  type ResultLine,
  type Results,
} from '../../../../scripts/grade/results-file.ts';
import { summaryOf } from '../../../../scripts/grade/summary.ts';
import type { BatchRow } from '../../../../src/instructor/batch/batch-row.ts';
import type { GradedHandIn, GradedItem } from '../../../../src/instructor/grade/graded.ts';
import type { HandIn } from '../../../../src/schemas/hand-in.ts';
import { makeCourse, makeHandIn, type Course } from '../../../support/many-hand-ins.ts';
import { readerError } from '../../workbench/reader-error.ts';

let folder: string;
let course: Course;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grade-'));
  course = await makeCourse(['count-the-bytes', 'to-bfloat16']);
});
afterAll(() => rm(folder, { recursive: true }));

const header: Results['header'] = {
  format: 'heavy-weights-grading',
  version: 1,
  stamp: 'abc',
  assignment: 'a0123456789',
  book: '1.0.0',
  gradingSeed: 7,
  shard: { part: 1, of: 1 },
};

const row = (path: string, handIn?: HandIn, changes: Partial<BatchRow> = {}): BatchRow => ({
  key: `1 ${path}`,
  path,
  size: 100,
  state: handIn ? 'ready' : 'refused',
  remarks: [],
  ...(handIn && { handIn }),
  ...changes,
});

const graded = ({ student, receipt }: HandIn, earned: readonly number[]): GradedHandIn => ({
  student,
  receipt,
  claimedAt: '2026-11-11T10:00:00Z',
  items: course.assignment.items.map(({ kind, id, points }, index): GradedItem => ({
    kind,
    id,
    points,
    earned: earned[index]!,
    status: earned[index] ? 'passed' : 'failed',
    claimedPassed: true,
    claimedEarned: points,
    drift: false,
    hints: 0,
    attempts: 1,
    solutionShown: false,
    remarks: [],
  })),
  earned: earned.reduce((sum, points) => sum + points, 0),
  possible: 10,
  claimedEarned: 10,
  toMark: 0,
  remarks: [],
  elapsedMs: 1,
});

const report = { passed: true, results: [], seed: 1, elapsedMs: 1 };

const line = async (student: number, earned?: number[]): Promise<ResultLine> => {
  const handIn = await makeHandIn(student, course);
  const [keyed] = await keyedRows([row(`student-${student}.json`, handIn)]);
  return { ...keyed!, ...(earned && { graded: graded(handIn, earned) }) };
};

describe('results', () => {
  it('come back as they were written, the newest of each line', async () => {
    const path = join(folder, 'one.results.jsonl');
    const [first, second] = [await line(1), await line(2)];
    writeResults(path, {
      header,
      lines: new Map([
        [first.key, first],
        [second.key, second],
      ]),
    });
    const done = await line(2, [5, 0]);
    appendResult(path, done);
    const read = readResults(path);
    expect(read.header).toEqual(header);
    expect([...read.lines.keys()]).toEqual([first.key, second.key]);
    expect(read.lines.get(first.key)).toEqual(first);
    expect(read.lines.get(second.key)).toEqual(done);
  });

  it('lose no more than the line that was being written when the power went', async () => {
    const path = join(folder, 'cut.results.jsonl');
    const first = await line(1);
    writeResults(path, { header, lines: new Map([[first.key, first]]) });
    await appendFile(path, JSON.stringify(await line(2)).slice(0, 50));
    expect([...readResults(path).lines.keys()]).toEqual([first.key]);
  });

  it('are refused, with the number of the line, when they are something else', async () => {
    const path = join(folder, 'bad.results.jsonl');
    const at = async (text: string): Promise<string> => {
      await writeFile(path, text);
      return readerError(() => readResults(path)).explain;
    };
    expect(await at('')).toContain('Line 1 ');
    expect(await at('Student,Mark\n')).toContain('Line 1 ');
    expect(await at(`${JSON.stringify({ ...header, version: 2 })}\n`)).toContain('Line 1 ');
    expect(await at(`${JSON.stringify(header)}\n{"key":1}\n`)).toContain('Line 2 ');
    expect(await at(`${JSON.stringify(header)}\n{\n\n`)).toContain('Line 2 ');
    expect(readerError(() => readResults(join(folder, 'none'))).code).toBe('results-missing');
  });

  it('have keys that change with the contents, and tell twins in one archive apart', async () => {
    const [one, two] = [await makeHandIn(1, course), await makeHandIn(2, course)];
    const keys = async (...rows: BatchRow[]) => (await keyedRows(rows)).map(({ key }) => key);
    expect(await keys(row('a', one))).toEqual(await keys({ ...row('a', one), key: '9 a' }));
    expect(await keys(row('a', one))).not.toEqual(await keys(row('a', two)));
    expect(new Set(await keys(row('a', one), row('a', one), row('b', one))).size).toBe(3);
  });
});

describe('the parts of one grading', () => {
  const part = async (number: number, student: number, changes = {}) => {
    const only = await line(student);
    return {
      path: `part-${number}`,
      header: { ...header, shard: { part: number, of: 2 }, ...changes },
      lines: new Map([[only.key, only]]),
    };
  };

  it('become the results of the whole, in the order of the whole', async () => {
    const joined = joinParts([await part(2, 1), await part(1, 2)]);
    expect(joined.header.shard).toEqual({ part: 1, of: 1 });
    expect([...joined.lines.values()].map(({ row: { path } }) => path)).toEqual([
      'student-1.json',
      'student-2.json',
    ]);
  });

  it('are refused when one is missing, twice there, or of another grading', async () => {
    const [one, two] = [await part(1, 1), await part(2, 2)];
    expect(readerError(() => joinParts([one])).explain).toContain('missing: 2');
    expect(readerError(() => joinParts([one, one])).code).toBe('results-part-twice');
    const strange = await part(2, 2, { stamp: 'xyz' });
    expect(readerError(() => joinParts([one, strange])).code).toBe('results-differ');
    expect(joinParts([one, two]).lines.size).toBe(2);
  });
});

describe('the table of marks', () => {
  const table = (lines: readonly ResultLine[], alike?: Alike): string[] =>
    marksTable(lines, course.assignment, alike).slice(1).trimEnd().split('\r\n');

  it('has a row for each file, with the marks of the re-run and the claim beside them', async () => {
    const [head, ...rows] = table([await line(2, [0, 5]), await line(1, [5, 5])]);
    expect(head).toContain('exercise count-the-bytes (5),exercise to-bfloat16 (5)');
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/^Student 1,s1,,student-1\.json,graded,,,10,10,5,5,10,/);
    expect(rows[1]).toMatch(/^Student 2,s2,,student-2\.json,graded,,,5,10,0,5,10,/);
  });

  it('has no 0 and no sum for what could not be graded, and says what today’s book gives', async () => {
    const lost = await line(1, [5, 0]);
    const [first, second] = lost.graded!.items;
    lost.graded!.items = [
      { ...first!, drift: true, pinnedReport: report },
      { ...second!, status: 'not-graded' },
    ];
    const [, row] = table([lost]);
    expect(row).toMatch(/^Student 1,s1,,student-1\.json,graded,,,,10,5,,10,/);
    expect(row).toContain('count-the-bytes: 5, today –');
    expect(row).not.toContain('to-bfloat16:');
  });

  it('has both versions’ marks of a question, whichever of them counts', async () => {
    const versionsOf = async (changes: Partial<GradedItem>): Promise<string> => {
      const drifted = await line(1, [5, 0]);
      const [first] = drifted.graded!.items;
      drifted.graded!.items = [{ ...first!, kind: 'quiz', id: 'q', drift: true, ...changes }];
      return table([drifted])[1]!;
    };
    expect(await versionsOf({ earned: 3, earnedByBook: 0 })).toContain(',"q: 3, today 0",');
    expect(await versionsOf({ earned: 3 })).toContain(',"q: 3, today –",');
    expect(await versionsOf({ earned: 3, earnedByBook: 3, earnedByPinned: 1 })).toContain(
      ',"q: 3, today 3, as set 1",',
    );
    expect(await versionsOf({ earned: 0, status: 'not-graded' })).toContain(
      ',"q: not graded, today –",',
    );
  });

  it('takes lateness from the arrival, never from the student’s clock', async () => {
    const late = await line(1, [5, 5]);
    late.row.arrival = { at: Date.parse('2026-11-22T18:00:00Z'), from: 'zip', zoned: true };
    const assignment = {
      ...course.assignment,
      late: { kind: 'deduct' as const, percentPerDay: 10, mostDays: 7 },
    };
    const [, only] = marksTable([late], assignment).split('\r\n');
    expect(only).toContain(',2026-11-22T18:00:00.000Z,"late, 2880 min",8,10,');
  });

  it('says why a file has no mark, and makes no formula of what a student wrote', async () => {
    const evil = await line(1);
    evil.row.handIn = {
      ...evil.row.handIn!,
      student: { name: '=HYPERLINK("http://evil","x")', id: '-1+1' },
    };
    const refused: ResultLine = {
      key: 'r',
      row: row('@broken.json', undefined, {
        fault: { code: 'x', explain: 'It is "broken", and cut off.' },
      }),
    };
    const failed: ResultLine = {
      ...(await line(2)),
      fault: { code: 'y', explain: 'The browser went away.' },
    };
    const text = table([evil, refused, failed]).join('\n');
    expect(text).toContain(`"'=HYPERLINK(""http://evil"",""x"")"`);
    expect(text).toContain(",'-1+1,");
    expect(text).toContain(`'@broken.json,refused`);
    expect(text).toContain('"It is ""broken"", and cut off."');
    expect(text).toContain(',failed,');
    expect(text).not.toMatch(/(^|,)[=+@-](?!\d)/m);
  });

  it('names the other of two programs that are alike, in both rows', async () => {
    const own = (await makeHandIn(3, course)).answers;
    const copied = [await line(1), await line(2)].map((each) => ({
      ...each,
      row: { ...each.row, handIn: { ...each.row.handIn!, answers: own.map(longer) } },
    }));
    const alike = await findAlike(copied, course.assignment, new BookOnDisk());
    expect([...alike.values()].flat().join('\n')).toContain('count-the-bytes 1.00 Student 2');
    expect(table(copied, alike).join('\n')).toContain('count-the-bytes 1.00 Student 1');
  });
});

/** A program with enough of its own for likeness to mean something. */
const longer = (answer: HandIn['answers'][number]): HandIn['answers'][number] =>
  answer.kind === 'exercise'
    ? {
        ...answer,
        code: `${answer.code}\n${Array.from({ length: 12 }, (_, index) => `export function extra${index}(a: number[], b: number) { const sum = a.reduce((x, y) => x * b + y, ${index}); return sum > b ? [sum, ...a].map((z) => z - b) : { b, sum }; }`).join('\n')}`,
      }
    : answer;

describe('the summary', () => {
  it('counts what became of the batch, and how fast', async () => {
    const lines = [await line(1, [5, 5]), await line(2, [0, 5])];
    const facts = {
      out: 'marks.csv',
      log: 'marks.results.jsonl',
      gradingSeed: 7,
      resumed: 0,
      stopped: false,
      elapsedMs: 500,
    };
    const { text, failed, stopped } = summaryOf(lines, facts);
    expect(text).toContain('2 hand-ins graded in 0.5 s, 4.0 a second.');
    expect(text).toContain('1 hand-ins claim more than they earned.');
    expect(text).toContain('Grading seed: 7');
    expect({ failed, stopped }).toEqual({ failed: 0, stopped: false });
    const lost = await line(3, [5, 0]);
    lost.graded!.items[1]!.status = 'not-graded';
    expect(summaryOf([...lines, lost], facts).failed).toBe(1);
    expect(summaryOf(lines, { ...facts, stopped: true }).text).toContain('--resume goes on');
    expect(await readFile('package.json', 'utf8')).toContain('"grade": "node scripts/grade.ts"');
  });
});
