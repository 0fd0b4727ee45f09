import { describe, expect, it } from 'vitest';
import { draftFields } from '../../../../src/instructor/build/draft-fields.ts';
import type { Draft } from '../../../../src/instructor/build/draft.ts';
import { fromLocalField, toLocalField } from '../../../../src/instructor/build/local-time.ts';
import { assignmentSchema } from '../../../../src/schemas/assignment.ts';
import { addItem } from '../../../../src/instructor/build/edit-items.ts';
import { draft, items } from './catalogue.ts';

const set = (name: string, value: string, made: Draft = draft()): Draft =>
  draftFields[name]!.set(made, value);
const get = (name: string, made: Draft): string => draftFields[name]!.get(made);

describe('draftFields', () => {
  it('give back what they were given', () => {
    const values: Record<string, string> = {
      title: 'Sheet 2',
      instructions: '# Do *this*',
      opens: '2026-11-30T08:00',
      due: '2026-12-07T23:59',
      graceMinutes: '30',
      late: 'deduct',
      percentPerDay: '12.5',
      mostDays: '3',
      hints: 'cost',
      hintCost: '20',
      solution: 'never',
      attempts: '5',
      variants: 'on',
    };
    expect(Object.keys(values).sort()).toEqual(Object.keys(draftFields).sort());
    let made = addItem(draft(), items[0]!);
    for (const [name, value] of Object.entries(values)) made = set(name, value, made);
    for (const [name, value] of Object.entries(values)) expect(get(name, made)).toBe(value);
    expect(assignmentSchema.safeParse(made).error).toBeUndefined();
  });

  it('hold numbers within what the schema allows, and change nothing for what is no number', () => {
    for (const [name, most] of [
      ['graceMinutes', 10_080],
      ['hintCost', 100],
      ['attempts', 1000],
    ] as const) {
      expect(get(name, set(name, '999999999'))).toBe(String(most));
      expect(get(name, set(name, '-5'))).toBe('0');
      expect(get(name, set(name, '1.6'))).toBe('2');
      for (const nonsense of ['', ' ', 'e', '1e', 'Infinity', '--1'])
        expect(set(name, nonsense)).toEqual(draft());
    }
  });

  it('take no choice that there is not', () => {
    expect(set('hints', 'bribe')).toEqual(draft());
    expect(set('solution', '')).toEqual(draft());
    expect(set('late', 'whatever').late).toEqual({ kind: 'accept' });
  });

  it('keep the deduction when the same rule is chosen again, and ignore it under another', () => {
    const made = set('percentPerDay', '25', set('late', 'deduct'));
    expect(set('late', 'deduct', made)).toMatchObject({ late: { percentPerDay: 25 } });
    const accepted = set('late', 'accept', made);
    expect(set('mostDays', '2', accepted)).toBe(accepted);
  });

  it('leave a time out when its field is emptied', () => {
    const made = set('due', '2026-12-07T23:59');
    expect(set('due', '', made)).not.toHaveProperty('due');
  });
});

describe('times of a field', () => {
  it('carry the zone of that day, summer time or not', () => {
    for (const field of ['2026-01-15T12:00', '2026-07-15T12:00', '2026-12-31T23:59']) {
      const time = fromLocalField(field)!;
      expect(time).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00[+-]\d{2}:\d{2}$/);
      expect(Date.parse(time)).toBe(new Date(field).getTime());
      expect(toLocalField(time)).toBe(field);
    }
  });

  it('are none for what is no time', () => {
    for (const field of ['', '2026', '2026-13-01T00:00', 'tomorrow', '2026-11-30'])
      expect(fromLocalField(field)).toBeUndefined();
    expect(toLocalField(undefined)).toBe('');
    expect(toLocalField('soon')).toBe('');
  });
});
