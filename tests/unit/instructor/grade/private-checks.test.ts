import { describe, expect, test } from 'vitest';
import {
  provePrivateChecks,
  readPrivateChecks,
} from '../../../../src/instructor/grade/private-checks.ts';
import { doubleSheet, inProcess } from './support.ts';

const checks = (expected: string): string => `
import { check, defineChecks, expectEqual } from 'heavy-weights/checks';
export default defineChecks([
  check('four', 'Twice four', async ({ call }) => { expectEqual(await call('double', [4]), ${expected}); }),
]);`;

describe('readPrivateChecks', () => {
  test('a part for each exercise, with what stands above the first', () => {
    const text = `\uFEFF// Ours alone.\r\nconst many = 5;\r\n// exercise: double\r\n${checks('8')}\r\n//  exercise:  half \r\n${checks('2')}`;
    const found = readPrivateChecks(text, 'mine.ts', ['double', 'half', 'other']);
    expect(Object.keys(found)).toEqual(['double', 'half']);
    expect(found['double']).toContain('const many = 5;');
    expect(found['double']).toContain('[4]), 8)');
    expect(found['double']).not.toContain('[4]), 2)');
    expect(found['half']).toContain('const many = 5;');
    expect(found['half']).toContain('[4]), 2)');
    expect(found['half']).not.toContain('\r');
  });

  test.for<[string, string[], string]>([
    ['double.checks.ts', ['double', 'half'], 'double'],
    ['folder/half.ts', ['double', 'half'], 'half'],
    ['anything.ts', ['double'], 'double'],
  ])('%s of %o is for %s', ([name, exercises, owner]) => {
    expect(Object.keys(readPrivateChecks(checks('8'), name, exercises))).toEqual([owner]);
  });

  test.for<[string, string, string[], string]>([
    ['no exercise named', checks('8'), ['double', 'half'], 'private-checks-unassigned'],
    [
      'an exercise that is not set',
      `// exercise: thrice\n${checks('8')}`,
      ['double'],
      'private-checks-unknown-exercise',
    ],
    [
      'one exercise twice',
      `// exercise: double\n${checks('8')}\n// exercise: double\n${checks('8')}`,
      ['double'],
      'private-checks-doubled',
    ],
    [
      'a part without checks',
      `// exercise: double\n// exercise: half\n${checks('8')}`,
      ['double', 'half'],
      'private-checks-empty',
    ],
    ['an empty file', '', ['double'], 'private-checks-empty'],
    ['a file without end', 'x'.repeat(200_001), ['double'], 'private-checks-too-large'],
  ])('%s is refused', ([, text, exercises, code]) => {
    expect(() => readPrivateChecks(text, 'mine.ts', exercises)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe('provePrivateChecks', () => {
  const prove = (text: string) =>
    provePrivateChecks(
      { double: text },
      async (id) => (id === 'double' ? doubleSheet : undefined),
      { runner: inProcess, seed: 5 },
    );

  test('says nothing of checks that the book’s own solution passes', async () => {
    expect(await prove(checks('8'))).toEqual([]);
  });

  test('names the check that it fails', async () => {
    expect(await prove(checks('9'))).toMatchObject([
      { exercise: 'double', explain: expect.stringContaining('“Twice four”') },
    ]);
  });

  test('says that none ran', async () => {
    expect(await prove('export default [];')).toMatchObject([
      { explain: expect.stringContaining('could not be loaded') },
    ]);
  });
});
