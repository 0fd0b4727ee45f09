import { describe, expect, it } from 'vitest';
import {
  BAR,
  HEIGHT,
  LINE,
  ROWS,
  WIDTH,
  barOf,
  measuredAt,
  plannerDrawing,
  plannerRows,
  verdict,
  type Measured,
} from '../../../src/components/figures/BudgetPlanner/budget-planner.ts';
import { plannerData } from '../../../src/components/figures/BudgetPlanner/budget-planner-data.ts';

const data = plannerData();
const { budgets } = data;
const just: Measured = { format: 'int8', ...budgets };

describe('the verdict', () => {
  it('turns with the last byte and the last card', () => {
    expect(verdict(data, just)).toBe('It meets all three.');
    expect(verdict(data, { ...just, bytes: budgets.bytes + 1 })).toMatch(
      /^Refused: 1 byte more than the flash/,
    );
    expect(verdict(data, { ...just, ram: budgets.ram + 16 })).toMatch(/16 bytes more than the RAM/);
    expect(verdict(data, { ...just, wrong: budgets.wrong + 1 })).toMatch(/1 card of 10,000/);
    expect(verdict(data, { ...just, wrong: budgets.wrong + 2 })).toMatch(/2 cards of 10,000/);
  });

  it('names every budget that is missed', () => {
    const all = verdict(data, { ...just, bytes: 1e6, ram: 1e6, wrong: 5000 });
    expect(all.split(';')).toHaveLength(3);
  });
});

describe('what was measured', () => {
  const meets = (form: string, format: 'float32' | 'int8' | 'int4'): boolean =>
    verdict(data, measuredAt(data, form, format)) === 'It meets all three.';

  it('zeros change no length, no arena and no work', () => {
    for (const format of ['float32', 'int8', 'int4'] as const) {
      const [whole, zeros] = ['whole', 'zeros'].map((form) => measuredAt(data, form, format));
      expect(zeros!.bytes).toBe(whole!.bytes);
      expect(zeros!.ram).toBe(whole!.ram);
    }
    expect(data.forms[1]!.macs).toBe(data.forms[0]!.macs);
  });

  it('four bits fail at the RAM in every form, and nowhere else where the network reads', () => {
    for (const { id } of data.forms) {
      const measured = measuredAt(data, id, 'int4');
      expect(measured.ram, id).toBeGreaterThan(budgets.ram);
      expect(measured.bytes, id).toBeLessThan(budgets.bytes);
    }
  });

  it('these meet all three, as the text says, and no others', () => {
    const meeting = data.forms.flatMap(({ id }) =>
      (['float32', 'int8', 'int4'] as const).filter((f) => meets(id, f)).map((f) => `${id} ${f}`),
    );
    expect(meeting).toEqual(['units int8', 'channels int8', 'deep float32']);
  });
});

describe('the drawing', () => {
  it('ends at the budget on the line, and breaks a bar off beyond twice of it', () => {
    expect(BAR.left + barOf(100, 100).width).toBeCloseTo(LINE);
    expect(barOf(200, 100)).toEqual({ width: BAR.right - BAR.left, broken: false });
    expect(barOf(201, 100).broken).toBe(true);
    expect(barOf(0, 100).width).toBe(0);
    expect(BAR.right).toBeLessThan(WIDTH);
    expect(HEIGHT).toBeGreaterThan(BAR.top + ROWS.length * BAR.step - 1);
  });

  it('marks each row, keeps bars in the frame, and refuses what was not measured', () => {
    for (const { id } of data.forms) {
      for (const format of ['float32', 'int8', 'int4'] as const) {
        const { attributes, texts } = plannerDrawing(data, id, format);
        for (const row of ROWS) {
          const passes = measuredAt(data, id, format)[row] <= budgets[row];
          expect(texts[`mark-${row}`]).toBe(passes ? '✓' : '✗');
          expect(Number(attributes[`bar-${row}`]!['width'])).toBeLessThanOrEqual(
            BAR.right - BAR.left,
          );
        }
      }
    }
    expect(() => measuredAt(data, 'none', 'int8')).toThrow(/none/);
    expect(plannerRows(data)).toHaveLength(15);
  });
});
