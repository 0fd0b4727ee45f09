/** E8: a program that calls the library where it was asked to write the routine is told of. */
import { describe, expect, test } from 'vitest';
import { gradeHandIn } from '../../../../src/instructor/grade/grade-hand-in.ts';
import { importRemarks } from '../../../../src/instructor/grade/import-remarks.ts';
import { allAnswers, assignmentOf, contextOf, handInOf, right } from './support.ts';

const plain = 'export const f = (x: number): number => x;';

describe('what a program imports beyond the solution', () => {
  test.each([
    ['a name', `import { numerics } from 'heavy-weights';`, '‘heavy-weights’'],
    ['all of it', `import * as tf from "@tensorflow/tfjs";`, '‘@tensorflow/tfjs’'],
    ['later', 'const hw = await import(`heavy-weights`);', '‘heavy-weights’'],
    ['by a computed name', `const hw = await import('heavy' + '-weights');`, 'a computed name'],
  ])('%s is told', (_, code, what) => {
    const remarks = importRemarks(`${code}\n${plain}`, plain);
    expect(remarks.map(({ code: remark }) => remark)).toEqual(['imports-more']);
    expect(remarks[0]!.text).toContain(what);
  });

  test.each([
    ['nothing', plain, plain],
    [
      'what the solution imports',
      `import { a } from 'heavy-weights';`,
      `import b from 'heavy-weights';`,
    ],
    ['an unknown solution', `import { a } from 'heavy-weights';`, undefined],
  ])('%s is not', (_, code, solution) => {
    expect(importRemarks(code, solution)).toEqual([]);
  });
});

test('stands beside the mark, and costs nothing', async () => {
  const assignment = assignmentOf();
  const code = `import { numerics } from 'heavy-weights';\nvoid numerics;\n${right}`;
  const graded = await gradeHandIn(await handInOf(allAnswers(code)), assignment, contextOf());
  const [exercise] = graded.items;
  expect(exercise!.earned).toBe(8);
  expect(exercise!.remarks.map(({ code: remark }) => remark)).toEqual(['imports-more']);
});
