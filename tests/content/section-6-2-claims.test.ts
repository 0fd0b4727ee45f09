/** What section 6.2 and its exercises say in words, or type where nothing can be computed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { projectRoot } from '../../src/build/project-root.ts';
import { computedText, computedValue } from '../../src/components/Computed/registry.ts';
import { costOf } from '../../src/components/Computed/values/section-6-2.ts';
import { plannerData } from '../../src/components/figures/BudgetPlanner/budget-planner-data.ts';

const text = (path: string): string => readFileSync(join(projectRoot, 'content', path), 'utf8');
const number = (id: string): number => computedValue(id) as number;
const section = text('chapters/06-the-final-problem/02-the-idle-zeros.mdx');
const quizzes = text('quizzes/chapter-6-2.yaml');
const FLASH = 256 * 1024;
const CONTRACT = 0.985;

describe('section 6.2', () => {
  it('types in questions what was measured', () => {
    expect(section).toContain(`a file of ${computedText('6.2.int4.bytes')} bytes`);
    expect(section).toContain(
      `leave a network that reads ${computedText('6.2.by-size').replace('%', '')}`,
    );
    expect(quizzes).toContain(
      `reads ${computedText('6.2.deep.float').replace('%', '')} in float and ${computedText('6.2.deep.int8').replace('%', '')} in int8`,
    );
    expect(number('6.2.deep.missing')).toBe(2);
    expect(quizzes).toContain('refused-by-two-cards');
  });

  it('the formulas give the multiplications of every form, and its bytes but for scales and descriptions', () => {
    const shapes = {
      whole: [20, 50, 500],
      units: [20, 50, 275],
      channels: [16, 30, 200],
      deep: [12, 25, 100],
    } as const;
    for (const [id, [k1, k2, u]] of Object.entries(shapes)) {
      const form = plannerData().forms.find((each) => each.id === id)!;
      const { bytes, macs } = costOf(k1, k2, u);
      expect(macs, id).toBe(form.macs);
      const rest = form.formats.find(({ format }) => format === 'int8')!.bytes - bytes;
      expect(rest, id).toBeGreaterThan(0);
      expect(rest, id).toBeLessThan(5000);
    }
  });

  it('cut by worth the units meet the contract untrained, cut by size they do not', () => {
    expect(number('6.2.by-size')).toBeLessThan(CONTRACT);
    expect(number('6.2.units.accuracy')).toBeGreaterThan(CONTRACT);
    expect(number('6.2.units.bytes')).toBeLessThanOrEqual(FLASH);
    const lost = (id: string): number => 0.9945 - number(id);
    expect(1 - lost('6.2.by-worth') / lost('6.2.by-size')).toBeGreaterThan(0.75);
  });

  it('the taught network meets its contract with half of the work; the deepest fits in float', () => {
    expect(number('6.2.untaught')).toBeLessThan(CONTRACT);
    expect(number('6.2.channels.accuracy')).toBeGreaterThan(CONTRACT);
    expect(number('6.2.channels.macs')).toBeLessThan(number('6.2.whole.macs') / 2);
    expect(number('6.2.deep.float-bytes')).toBeLessThanOrEqual(FLASH);
    expect(number('6.2.deep.float-bytes') / number('6.2.deep.bytes')).toBeGreaterThan(3.5);
    expect(number('6.2.deep.float')).toBeGreaterThanOrEqual(CONTRACT);
    expect(number('6.2.deep.int8')).toBeLessThan(CONTRACT);
    expect(Math.round(1e4 * (number('6.2.deep.float') - number('6.2.deep.int8')))).toBe(3);
  });
});

describe('the exercises of 6.2', () => {
  it('say the bytes that the writer gives', () => {
    const statement = text('exercises/meet-256-kb/statement.mdx');
    expect(statement).toContain(`LeNet-5 whole has ${computedText('6.2.whole.bytes')} bytes`);
    expect(text('exercises/meet-256-kb/hints.md')).toContain(computedText('6.2.whole.bytes'));
  });

  it('have one set of budgets in the sheet, the statement and the checks', () => {
    const { budgets } = parse(text('exercises/three-budgets/exercise.yaml')) as {
      budgets: Record<string, number>;
    };
    const statement = text('exercises/three-budgets/statement.mdx');
    const { bytes, accuracy, macs } = budgets;
    expect(statement).toContain(`{ bytes: ${bytes}, accuracy: ${accuracy}, macs: ${macs} }`);
    expect(text('exercises/three-budgets/checks.ts').replaceAll('_', '')).toContain(
      `{ bytes: ${bytes}, accuracy: ${accuracy}, macs: ${macs} }`,
    );
  });
});
