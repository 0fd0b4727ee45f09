import { expect, test } from 'vitest';
import { givenTexts } from '../../../../src/instructor/grade/given-texts.ts';
import { assignmentOf, doubleSheet, pinnedOf } from './support.ts';

const book = { starter: 'today', solution: 'solved' };
const { policy } = assignmentOf();

test('the starter of today and the kept one, each once, and the solution unless it never opens', async () => {
  const pinned = { double: { ...(await pinnedOf(doubleSheet)), starter: 'then' } };
  expect(givenTexts(assignmentOf({ pinned }), 'double', book)).toEqual(['then', 'today']);
  expect(givenTexts(assignmentOf({ pinned }), 'other', book)).toEqual(['today']);
  for (const solution of ['after-due', 'after-pass', 'always'] as const) {
    const shown = assignmentOf({ policy: { ...policy, solution } });
    expect(givenTexts(shown, 'double', book)).toEqual(['today', 'solved']);
  }
  expect(givenTexts(assignmentOf(), 'double')).toEqual([]);
});
