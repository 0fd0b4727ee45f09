/** What section 4.2 says in words about its numbers, and the numbers that it takes from docs/agreement.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/build/project-root.ts';
import { computedValue } from '../../src/components/Computed/registry.ts';
import { LITERT } from '../../src/components/Computed/values/section-4-2.ts';

const number = (id: string): number => computedValue(id) as number;

/** The cells of the rows of docs/agreement.md that begin with these. */
const rowsOf = (...begins: string[]): string[][] =>
  readFileSync(join(projectRoot, 'docs/agreement.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter((row) => begins.every((begin, i) => row[i] === begin));

describe('section 4.2', () => {
  it.each(Object.keys(LITERT) as (keyof typeof LITERT)[])(
    '%s is as LiteRT was measured',
    (name) => {
      const { images, same, operators, ...rest } = LITERT[name];
      const file = rowsOf(name, 'int8').find((row) => row.length === 10)!;
      expect(file[6]).toBe(`${same} of ${images}`);
      if ('logits' in rest) {
        expect(file[7]).toBe(rest.logits.exact.toFixed(2));
        expect(Number.parseInt(file[9]!, 10)).toBe(rest.logits.worst);
      } else {
        expect(Number.parseInt(file[5]!, 10)).toBe(rest.probabilities.worst);
      }
      const alone = rowsOf(name).find((row) => row.length === 4)!;
      expect([alone[2], alone[3]]).toEqual([operators.exact.toFixed(2), String(operators.worst)]);
    },
  );

  it('the heavy model’s probabilities agree exactly in LiteRT, and the softmax looks best', () => {
    expect(rowsOf('lenet-5', 'int8')[0]!.slice(3, 6)).toEqual(['100.00', '100.00', '0 steps']);
    for (const layer of ['conv_1', 'conv_2', 'dense_1', 'logits'])
      expect(number('4.2.sqnr.lenet-5.softmax')).toBeGreaterThan(
        number(`4.2.sqnr.lenet-5.${layer}`),
      );
  });

  it('every cosine begins with 0.999', () => {
    for (const layer of ['conv_1', 'conv_2', 'dense_1', 'logits', 'softmax'])
      expect(String(number(`4.2.cosine.lenet-5.${layer}`))).toMatch(/^0\.999/);
  });

  it('the sums are the reference kernels’, and the hands part outwards only', () => {
    expect(number('4.2.mismatches')).toBe(0);
    expect(number('4.2.outwards')).toBe(number('4.2.alone'));
  });

  it('keeps the promise of the windows but where the paper is blank', () => {
    for (const layer of ['conv_2', 'dense_1', 'logits']) {
      const expected = number(`4.2.expected.lenet-5.${layer}`);
      expect(Math.abs(number(`4.2.alone.lenet-5.${layer}`) - expected)).toBeLessThan(
        4 * Math.sqrt(expected),
      );
    }
    expect(number('4.2.alone.lenet-5.conv_1')).toBeLessThan(
      0.7 * number('4.2.expected.lenet-5.conv_1'),
    );
  });

  it('changes no class, and differs in the light reader less than LiteRT does', () => {
    expect(number('4.2.classes.lenet-5') + number('4.2.classes.depthwise-net')).toBe(0);
    expect(number('4.2.same.depthwise-net.logits')).toBeGreaterThan(
      number('4.2.litert.logits.exact.depthwise-net'),
    );
    expect(
      Math.abs(number('4.2.same.lenet-5.logits') - number('4.2.litert.logits.exact.lenet-5')),
    ).toBeLessThan(0.03);
  });
});
