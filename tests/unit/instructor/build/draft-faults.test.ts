import { describe, expect, it } from 'vitest';
import { draftFaults } from '../../../../src/instructor/build/draft-faults.ts';
import type { Draft } from '../../../../src/instructor/build/draft.ts';
import { addItem, addWritten } from '../../../../src/instructor/build/edit-items.ts';
import { finishedAssignment } from '../../../../src/instructor/build/finished.ts';
import type { ReaderError } from '../../../../src/shared/reader-error.ts';
import type { WrittenItem } from '../../../../src/schemas/assignment.ts';
import { draft, index, items, now } from './catalogue.ts';

const good = (change: Partial<Draft> = {}): Draft =>
  draft({ items: addItem(draft(), items[0]!).items, due: '2026-12-01T12:00:00Z', ...change });
const todo = (made: Draft): string[] =>
  draftFaults(made, index, now)
    .filter(({ warning }) => !warning)
    .map(({ part, words }) => `${part}: ${words}`);
const notes = (made: Draft): string[] =>
  draftFaults(made, index, now)
    .filter(({ warning }) => warning)
    .map(({ part, words }) => `${part}: ${words}`);

describe('draftFaults', () => {
  it('finds nothing in a whole assignment', () => {
    expect(draftFaults(good(), index, now)).toEqual([]);
    expect(finishedAssignment(good(), index, now)).toEqual(good());
  });

  it('asks for a title and an item, whatever white space there is', () => {
    expect(todo(draft({ title: ' \t' }))).toEqual([
      'title: Give the assignment a title.',
      'items: Choose at least one exercise or question.',
    ]);
  });

  it('refuses what this printing does not have, and notes another version', () => {
    const [item] = good().items;
    expect(todo(good({ items: [{ ...item!, id: 'lost' }] }))[0]).toContain(
      '“lost” is not in this printing',
    );
    const old = { ...item!, version: '999999999999' };
    expect(todo(good({ items: [old] }))).toEqual([]);
    expect(notes(good({ items: [old] }))[0]).toContain('another version');
  });

  it('asks for the words of a written question and of its rubric, and notes a sum that differs', () => {
    const made = addWritten(good());
    expect(todo(made)).toHaveLength(2);
    const written = made.items[1] as WrittenItem;
    const whole = { ...written, prompt: 'Why?', rubric: [{ criterion: 'reason', points: 3 }] };
    expect(todo(good({ items: [whole] }))).toEqual([]);
    expect(notes(good({ items: [whole] }))[0]).toContain('adds up to 3 points');
  });

  it('notes what earns nothing, and refuses points that are none', () => {
    const [item] = good().items;
    expect(notes(good({ items: [{ ...item!, points: 0 }] }))[0]).toContain('earns no points');
    for (const points of [-1, NaN, Infinity]) {
      expect(todo(good({ items: [{ ...item!, points }] }))[0]).toContain('needs points');
    }
  });

  it('holds the times together', () => {
    expect(todo(good({ opens: '2026-12-01T12:00:00Z' }))).toEqual([
      'times: It must open before it is due.',
    ]);
    // The same moment, in another zone.
    expect(todo(good({ opens: '2026-12-01T13:00:00+01:00' }))).toHaveLength(1);
    expect(notes(good({ due: '2026-11-26T11:59:00Z' }))).toContain('times: The due time is past.');
    expect(notes(good({ due: '2026-12-01T12:00:00Z', late: { kind: 'accept' } }))).toContain(
      'policy: Solutions open at the due time, and work handed in later still counts.',
    );
    const { due: _due, ...without } = good({ exceptions: [{ student: 'W', extraMinutes: 5 }] });
    expect(notes(without).map((each) => each.split(':')[0])).toEqual(['policy', 'exceptions']);
  });

  it('wants each exception for one student, once, however the name is written', () => {
    const twice = good({
      exceptions: [
        { student: 'Zoë', extraMinutes: 5 },
        { student: ' zoe\u0308 ', extraMinutes: 9 },
      ],
    });
    expect(todo(twice)).toHaveLength(1);
    expect(todo(good({ exceptions: [{ student: ' ', extraMinutes: 5 }] }))[0]).toContain(
      'needs a student',
    );
    expect(notes(good({ exceptions: [{ student: 'W' }] }))[0]).toContain(
      'gives its student nothing',
    );
  });

  it('lets nothing through that the schema refuses', () => {
    const made = good({ graceMinutes: 1e9 });
    expect(todo(made)[0]).toMatch(/^times: graceMinutes/);
    try {
      finishedAssignment(made, index, now);
      expect.unreachable();
    } catch (error) {
      expect((error as ReaderError).code).toBe('assignment-unfinished');
    }
  });
});
