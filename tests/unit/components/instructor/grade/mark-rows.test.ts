import { describe, expect, it } from 'vitest';
import { withItem } from '../../../../../src/components/Instructor/Grade/marking.ts';
import {
  feedbackFiles,
  finished,
  knownOf,
  markRow,
  toMatch,
} from '../../../../../src/components/Instructor/Grade/mark-rows.ts';
import { firstView, listRows } from '../../../../../src/components/Instructor/Grade/row-list.ts';
import { noMarking } from '../../../../../src/components/Instructor/Grade/work.ts';
import { exportCsv } from '../../../../../src/instructor/gradebook/export-csv.ts';
import { fillColumn } from '../../../../../src/instructor/gradebook/fill-column.ts';
import { matchStudents } from '../../../../../src/instructor/gradebook/match-students.ts';
import { readGradebook } from '../../../../../src/instructor/gradebook/read-gradebook.ts';
import { gradedRow, workOf } from './rows.ts';

const written = (points: number) =>
  withItem(noMarking, 'written why', { override: points, comment: 'Clear.' });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const gradebook = `Student,ID,SIS User ID,SIS Login ID,Section,First exercises (12)
    Points Possible,,,,,16
"Lovelace, Ada",501,s1,ada,A,
"Babbage, Charles",502,s2,cb,A,
"Nobody, Known",503,s3,nk,A,7
`;

describe('marks on their way out', () => {
  it('are whole marks only: what waits for the instructor leaves its cell empty', async () => {
    const work = workOf();
    const open = await gradedRow({ id: 's1' }, { key: 'open' });
    const done = await gradedRow(
      { id: 's2', name: 'Charles Babbage' },
      { key: 'done', marking: written(5) },
    );
    expect(finished(work, [open, done]).map(({ key }) => key)).toEqual(['done']);
    expect(markRow(work, open).mark).toBeUndefined();
    expect(markRow(work, done)).toMatchObject({ mark: 16, possible: 16, claimed: 11 });
    expect(markRow(work, done).items?.at(-1)).toEqual({
      kind: 'written',
      id: 'why',
      earned: 5,
      points: 5,
    });
  });

  it('are no 0 for what could not be graded, nor is the student told one', async () => {
    const work = workOf();
    const row = await gradedRow({ id: 's1' }, { marking: written(5) });
    const items = row.graded!.items.map((item) =>
      item.kind === 'exercise' ? { ...item, earned: 0, status: 'not-graded' as const } : item,
    );
    const lost = { ...row, graded: { ...row.graded!, items } };
    expect(finished(work, [lost])).toEqual([]);
    expect(markRow(work, lost).items?.[0]).toEqual({
      kind: 'exercise',
      id: 'double',
      points: 8,
    });
    const [file] = feedbackFiles(work, [lost], new Map());
    expect(file?.text).toContain('1. double: not marked yet');
    const decided = {
      ...lost,
      marking: withItem(lost.marking, 'exercise double', { override: 0 }),
    };
    expect(finished(work, [decided])).toEqual([decided]);
    expect(markRow(work, decided)).toMatchObject({ mark: 8, items: [{ earned: 0 }, {}, {}] });
    const { matching } = listRows(work, [row, lost], { ...firstView, filter: 'problems' });
    expect(matching).toEqual([lost]);
  });

  it('fill one column of the gradebook; who is not in it, and who handed in nothing, is told', async () => {
    const work = workOf();
    const rows = [
      await gradedRow({ id: 's1' }, { key: 'ada', marking: written(5) }),
      await gradedRow({ id: 's9', name: 'Irene Adler' }, { key: 'irene', marking: written(1) }),
    ];
    const table = readGradebook(bytes(gradebook));
    const matching = matchStudents(table, toMatch(rows));
    expect(matching.matched.map(({ key, row }) => [key, row])).toEqual([['ada', 0]]);
    expect(matching.unmatched).toMatchObject([{ key: 'irene', why: 'none' }]);
    expect(matching.absent).toEqual([1, 2]);
    const marks = new Map([[0, markRow(work, rows[0]!).mark!]]);
    const filled = new TextDecoder().decode(
      fillColumn(table, { column: 'First exercises', marks }).bytes,
    );
    expect(filled).toBe(gradebook.replace('s1,ada,A,', 's1,ada,A,16'));
  });

  it('carry what the gradebook knows into a CSV of their own', async () => {
    const table = readGradebook(bytes(gradebook));
    const row = await gradedRow({ id: 's1', name: '=cmd()' }, { key: 'ada', marking: written(5) });
    const matching = matchStudents(table, toMatch([row]));
    const known = knownOf(table, matching);
    expect(known.get('ada')).toMatchObject({ name: 'Lovelace, Ada', lmsId: '501', login: 'ada' });
    const csv = exportCsv('canvas', [markRow(workOf(), row, known.get('ada'))], {
      title: 'T',
      possible: 16,
    });
    expect(csv).toContain('"Lovelace, Ada",501,s1,ada,,16');
    const plain = exportCsv('plain', [markRow(workOf(), row)], { title: 'T', possible: 16 });
    expect(plain).toContain("'=cmd()");
  });

  it('come with a file for each student, of the comments and not of the remarks', async () => {
    const remarks = [{ code: 'receipt-broken', text: 'Suspicious.' }];
    const row = await gradedRow({}, { marking: { ...written(5), comment: 'Go on so.' }, remarks });
    const waiting = { ...row, graded: undefined };
    const files = feedbackFiles(
      workOf(),
      [row, waiting],
      new Map([['exercise double', 'Doubling']]),
    );
    expect(files).toHaveLength(1);
    expect(files[0]?.path).toBe('Ada Lovelace s1');
    expect(files[0]?.text).toContain('Mark: 16 of 16');
    expect(files[0]?.text).toContain('Doubling: 8 of 8');
    expect(files[0]?.text).toContain('Clear.');
    expect(files[0]?.text).toContain('Go on so.');
    expect(files[0]?.text).not.toContain('Suspicious');
  });
});
