import { describe, expect, it } from 'vitest';
import {
  codeOf,
  findAlike,
  linesOf,
} from '../../../../../src/components/Instructor/Grade/alike.ts';
import { noMarking, type Row } from '../../../../../src/components/Instructor/Grade/work.ts';
import {
  exerciseAnswer,
  pinnedOf,
  doubleSheet,
  assignmentOf,
} from '../../../instructor/grade/support.ts';
import { cameRow, workOf } from './rows.ts';

const long = (name: string, step: number): string => `export function double(x: number): number {
  if (Number.isNaN(x)) throw new RangeError('not a number');
  let ${name} = 0;
  for (let i = 0; i < ${step}; i += 1) {
    ${name} = ${name} + x;
    if (${name} > 1e300) break;
  }
  const half = Math.floor(${name} / 2);
  return half * 2 === ${name} ? ${name} : half + ${name} - half;
}`;
const other = `export const double = (x: number): number => {
  const parts = [x, x].map((part) => Number(part));
  if (parts.some(Number.isNaN)) throw new TypeError('NaN is no number');
  return parts.reduce((sum, part) => sum + part, 0);
};`;

const row = async (id: string, code: string, state: Row['state'] = 'ready'): Promise<Row> => ({
  ...(await cameRow({ id, name: id, answers: [exerciseAnswer(code)] })),
  key: id,
  state,
  work: 'a0123456789',
  number: 1,
  marking: noMarking,
});
const sheet = {
  starter: 'export function double(x: number): number {\n  return x;\n}',
  solution: other,
};
const find = async (rows: readonly Row[], given = sheet, work = workOf()): Promise<string[]> =>
  (await findAlike(work, rows, async () => given)).map(({ one, other: two }) =>
    [one, two].sort().join(' '),
  );

describe('programs that are nearly the same', () => {
  it('are found under other names and numbers, and the different one is not', async () => {
    const rows = await Promise.all([
      row('a', long('sum', 2)),
      row('b', long('total', 3)),
      row('c', other),
    ]);
    expect(await find(rows)).toEqual(['a b']);
  });

  it('are compared among the hand-ins that count only', async () => {
    const rows = await Promise.all([
      row('a', long('sum', 2)),
      row('b', long('total', 3), 'superseded'),
    ]);
    expect(await find(rows)).toEqual([]);
  });

  it('are not those that have only the starter in common, in the assignment’s own copy too', async () => {
    const starter = long('sum', 2);
    const rows = await Promise.all([row('a', starter), row('b', starter.replaceAll('sum', 'all'))]);
    expect(await find(rows, { ...sheet, starter })).toEqual([]);
    const pinned = { double: { ...(await pinnedOf(doubleSheet)), starter } };
    const work = workOf({ assignment: assignmentOf({ pinned }) });
    expect(await find(rows, sheet, work)).toEqual([]);
  });

  it('may be the solution where the assignment shows it to everybody', async () => {
    const rows = await Promise.all([row('a', long('sum', 2)), row('b', long('sum', 2))]);
    const given = { ...sheet, solution: long('n', 2) };
    const shown = workOf({
      assignment: assignmentOf({
        policy: { hints: 'free', hintCost: 0, solution: 'after-pass', attempts: 0 },
      }),
    });
    expect(await find(rows, given, shown)).toEqual([]);
    expect(await find(rows, given)).toEqual(['a b']);
  });

  it('are no reason to look at empty answers', async () => {
    const rows = await Promise.all([row('a', ''), row('b', '  \n')]);
    expect(await find(rows)).toEqual([]);
    expect(codeOf(rows[0]!, 'no-such-exercise')).toBe('');
  });

  it('are marked by whole lines', () => {
    expect([
      ...linesOf([
        { from: 2, to: 4 },
        { from: 4, to: 5 },
      ]),
    ]).toEqual([2, 3, 4, 5]);
  });
});
