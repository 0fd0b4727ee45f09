import { describe, expect, it } from 'vitest';
import { markRow } from '../../../../../src/components/Instructor/Grade/mark-rows.ts';
import {
  mergeRows,
  othersByRow,
  settle,
} from '../../../../../src/components/Instructor/Grade/merge-rows.ts';
import { allRemarks } from '../../../../../src/components/Instructor/Grade/remark-words.ts';
import {
  claimDiffers,
  firstView,
  listRows,
  PAGE_SIZE,
  type Filter,
} from '../../../../../src/components/Instructor/Grade/row-list.ts';
import {
  noMarking,
  rowName,
  type Row,
} from '../../../../../src/components/Instructor/Grade/work.ts';
import { allAnswers, careless, exerciseAnswer, wrong } from '../../../instructor/grade/support.ts';
import { cameRow, gradedRow, refusedRow, workOf } from './rows.ts';

const revealed = workOf({ revealed: true });
const marked = (row: Row): Row => ({ ...row, marking: { ...noMarking, comment: 'Seen.' } });

describe('rows that come in', () => {
  it('keep what was decided when the same file comes again', async () => {
    const came = [await cameRow(), await cameRow({ id: 's2', name: 'Bob' })];
    const first = mergeRows(workOf(), [], came).map(marked);
    const again = mergeRows(workOf(), first, came);
    expect(again).toHaveLength(2);
    expect(again.map(({ marking }) => marking.comment)).toEqual(['Seen.', 'Seen.']);
    expect(again.map(({ key }) => key)).toEqual(first.map(({ key }) => key));
  });

  it('replace a file that was refused, once it can be read', async () => {
    const refused = mergeRows(workOf(), [], [refusedRow('a.json')]);
    const read = mergeRows(workOf(), refused, [await cameRow({ path: 'a.json' })]);
    expect(read).toHaveLength(1);
    expect(read[0]).toMatchObject({ state: 'ready', path: 'a.json' });
  });

  it('leave one hand-in for each student: the newest by arrival, or the one that is chosen', async () => {
    const older = await cameRow({ at: '2026-11-01T00:00:00Z', path: 'old.json' });
    const newer = await cameRow({ at: '2026-11-02T00:00:00Z', path: 'new.json', answers: [] });
    const rows = mergeRows(workOf(), mergeRows(workOf(), [], [newer]), [older]);
    const state = (all: readonly Row[], path: string): string | undefined =>
      all.find((row) => row.path === path)?.state;
    expect([state(rows, 'old.json'), state(rows, 'new.json')]).toEqual(['superseded', 'ready']);
    const counting = rows.find(({ path }) => path === 'new.json')!;
    expect(
      othersByRow(rows)
        .get(counting.key)
        ?.map(({ path }) => path),
    ).toEqual(['old.json']);
    const chosen = settle(rows, [rows.find(({ path }) => path === 'old.json')!.key]);
    expect([state(chosen, 'old.json'), state(chosen, 'new.json')]).toEqual(['ready', 'superseded']);
  });

  it('get numbers that differ, and do not follow the alphabet of their names', async () => {
    const names = [...'abcdefghijkl'];
    const came = await Promise.all(
      names.map((name) => cameRow({ name: name.repeat(3), id: name, path: `${name}.json` })),
    );
    const rows = mergeRows(workOf(), [], came);
    expect(new Set(rows.map(({ number }) => number)).size).toBe(names.length);
    const byName = rows
      .toSorted((a, b) => a.path.localeCompare(b.path))
      .map(({ number }) => number);
    expect(byName).not.toEqual(byName.toSorted((a, b) => a - b));
    const later = mergeRows(workOf(), rows, [await cameRow({ id: 'z', name: 'zzz' })]);
    expect(Math.max(...later.map(({ number }) => number))).toBe(names.length + 1);
  });
});

describe('the table', () => {
  it('shows fifty at a time, and no page beyond the last', async () => {
    const one = await gradedRow();
    const rows = Array.from({ length: 1_000 }, (_, i): Row => ({
      ...one,
      key: `k${i}`,
      number: i + 1,
    }));
    const { shown, pages, page } = listRows(workOf(), rows, { ...firstView, page: 99 });
    expect([shown.length, pages, page]).toEqual([PAGE_SIZE, 20, 19]);
    expect(shown[0]?.number).toBe(951);
  });

  it('sorts by any column, both ways, and ties by number', async () => {
    const good = await gradedRow({ id: 'a' }, { key: 'good', number: 2 });
    const bad = await gradedRow(
      { id: 'b', answers: [exerciseAnswer(careless, { attempts: 9 })] },
      { key: 'bad', number: 1 },
    );
    const order = (sort: 'mark' | 'attempts' | 'name' | 'hints', descending = false): string[] =>
      listRows(workOf(), [good, bad], { ...firstView, sort, descending }).shown.map(
        ({ key }) => key,
      );
    expect(order('mark')).toEqual(['bad', 'good']);
    expect(order('mark', true)).toEqual(['good', 'bad']);
    expect(order('attempts', true)).toEqual(['bad', 'good']);
    expect(order('name')).toEqual(['bad', 'good']);
    expect(order('hints')).toEqual(['bad', 'good']);
  });

  it('filters by what an instructor looks for', async () => {
    const good = await gradedRow({ id: 'a' }, { key: 'good' });
    const forged = await gradedRow({ id: 'b', answers: allAnswers(wrong) }, { key: 'forged' });
    const cut: Row = { ...refusedRow(), work: 'w', number: 3, marking: noMarking };
    const old: Row = { ...good, key: 'old', state: 'superseded', supersededBy: 'good' };
    const keys = (filter: Filter): string[] =>
      listRows(workOf(), [good, forged, cut, old], { ...firstView, filter }, new Set(['good']))
        .shown.map(({ key }) => key)
        .sort();
    expect(keys('all')).toEqual(['cut.json', 'forged', 'good']);
    expect(keys('differs')).toEqual(['forged']);
    expect(keys('problems')).toEqual(['cut.json']);
    expect(keys('to-mark')).toEqual(['forged', 'good']);
    expect(keys('alike')).toEqual(['good']);
    expect(claimDiffers(forged)).toBe(true);
    expect(claimDiffers(good)).toBe(false);
  });

  it('finds names only once they are revealed, and shows none before', async () => {
    const row = await gradedRow({ name: 'Violet Hunter' }, { number: 7 });
    const find = (revealed: boolean, search: string): number =>
      listRows(workOf({ revealed }), [row], { ...firstView, search }).shown.length;
    expect(find(true, 'violet')).toBe(1);
    expect(find(false, 'violet')).toBe(0);
    expect(find(false, 'client 7')).toBe(1);
    expect(rowName(row, false)).toBe('Client 7');
    expect(rowName({ ...row, handIn: undefined }, false)).toBe('File 7');
    expect(rowName(row, true)).toBe('Violet Hunter');
  });

  it('says nobody’s name in a remark while names are hidden', async () => {
    const remarks = [
      { code: 'identity-differs', text: 'The LMS had it from “Violet”; the file says Hunter.' },
      { code: 'same-answers', text: 'Every answer is the same as in hunter.json.' },
      { code: 'id-claimed-twice', text: 'The same student id is claimed in hunter.json.' },
      { code: 'lms-late', text: 'The LMS marked it as late.' },
    ];
    const row = await gradedRow({}, { remarks });
    const hidden = allRemarks(workOf(), row, 1).join(' ');
    expect(hidden).not.toMatch(/violet|hunter/i);
    expect(hidden).toContain('marked it as late');
    expect(hidden).toContain('Handed in twice');
    expect(allRemarks(revealed, row).join(' ')).toContain('Violet');
  });

  it('says nothing of a file’s time once the instructor has said when all came', async () => {
    const remarks = [
      { code: 'time-without-zone', text: 'Its time came without a zone.' },
      { code: 'disk-time', text: 'Its time is the file’s on this disk.' },
      { code: 'lms-late', text: 'The LMS marked it as late.' },
    ];
    const row = await gradedRow({}, { remarks });
    const stated = workOf({ arrival: { kind: 'all-at', at: '2026-11-01T00:00:00Z' } });
    expect(allRemarks(workOf(), row)).toEqual(remarks.map(({ text }) => text));
    expect(allRemarks(stated, row)).toEqual(['The LMS marked it as late.']);
    const noted = listRows(stated, [{ ...row, remarks: remarks.slice(0, 2) }], {
      ...firstView,
      filter: 'remarks',
    });
    expect(noted.shown).toEqual([]);
    expect(markRow(stated, row).remarks).toEqual(['The LMS marked it as late.']);
  });

  it('names an item by its title in its remarks', async () => {
    const row = await gradedRow();
    const { graded } = row;
    const items = graded!.items.map((item) =>
      item.id === 'double' ? { ...item, remarks: [{ code: 'ended', text: 'It ended.' }] } : item,
    );
    const noted = { ...row, graded: { ...graded!, items } };
    expect(allRemarks(revealed, noted)).toContain('double: It ended.');
    const titles = new Map([['exercise double', 'Twice as much']]);
    expect(allRemarks(revealed, noted, 0, titles)).toContain('Twice as much: It ended.');
  });
});
