import { describe, expect, it } from 'vitest';
import { listingSteps, pairedSteps } from '../../../src/components/LineByLine/listing-steps.ts';

const python =
  'import os\n\n# 1. First\nx = 1  # 2. no step\n\n\n# 2. Then\n    # 3. indented\ny = 2\n';
const typescript =
  "import 'a';\n\n// 1. First\nconst x = 1;\n\n// 2. Then\nconst y = 2; // 3. no step\n";

describe('the steps of a listing', () => {
  it('begin at numbered comments at the margin, and nowhere else', () => {
    expect(listingSteps(python)).toEqual([
      { number: 0, title: 'What is imported', code: 'import os' },
      { number: 1, title: 'First', code: 'x = 1  # 2. no step' },
      { number: 2, title: 'Then', code: '    # 3. indented\ny = 2' },
    ]);
  });

  it('leave out nothing of the code', () => {
    const joined = listingSteps(typescript)
      .map(({ code }) => code)
      .join('\n');
    for (const line of ["import 'a';", 'const x = 1;', 'const y = 2; // 3. no step'])
      expect(joined).toContain(line);
  });

  it('stand in pairs', () => {
    expect(pairedSteps('x', python, typescript).map((pair) => [pair.number, pair.title])).toEqual([
      [0, 'What is imported'],
      [1, 'First'],
      [2, 'Then'],
    ]);
  });

  it.each([
    ['a step fewer', typescript.replace('// 2. Then\n', '')],
    ['another name', typescript.replace('Then', 'Next')],
    ['another number', typescript.replace('2. Then', '3. Then')],
  ])('are refused with the listing’s name for %s', (_, other) => {
    expect(() => pairedSteps('the-recipe', python, other)).toThrow(/the-recipe.*2\. Then/);
  });
});
