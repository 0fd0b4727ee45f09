import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRows } from '../../../../src/instructor/gradebook/csv-rows.ts';
import { exportCsv } from '../../../../src/instructor/gradebook/export-csv.ts';
import type { MarkRow } from '../../../../src/instructor/gradebook/mark-row.ts';
import { readGradebook } from '../../../../src/instructor/gradebook/read-gradebook.ts';
import { csvLine, safeCell } from '../../../../src/instructor/gradebook/safe-cell.ts';
import { encode } from './support.ts';

describe('safeCell', () => {
  it('makes a text of what a program would run', () => {
    for (const sign of [
      '=',
      '+',
      '-',
      '@',
      '\t',
      '\r',
      '\n',
      '＝',
      '＋',
      '－',
      '＠',
      ' =',
      '\0=',
    ]) {
      expect(safeCell(`${sign}1+1`), JSON.stringify(sign)).toMatch(/^'/);
    }
    for (const text of ['', 'a=b', '1-1', "'=1", 'Ann-Marie']) expect(safeCell(text)).toBe(text);
  });

  it('leaves numbers numbers, and writes none that is none', () => {
    expect([safeCell(-1.5), safeCell(0), safeCell(1e-7)]).toEqual(['-1.5', '0', '1e-7']);
    expect([safeCell(NaN), safeCell(-Infinity), safeCell(undefined)]).toEqual(['', '', '']);
  });

  it('lets no text out of its cell, nor begin as a formula', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({
        unit: fc.constantFrom('=', '"', ',', ';', '\n', '\r', '\t', "'", ' ', '@', 'a'),
      }),
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (texts) => {
        const [row, ...others] = csvRows(`${csvLine(texts)}\r\n`, ',');
        expect(others).toEqual([]);
        const read = row!.cells.map(({ value }) => value);
        expect(read).toHaveLength(texts.length);
        for (const [index, value] of read.entries()) {
          expect(value).not.toMatch(/^\s*[=+\-@]|^[\t\r\n]/);
          expect([texts[index], `'${texts[index]}`]).toContain(value);
        }
      }),
    );
  });
});

describe('exportCsv', () => {
  const rows: MarkRow[] = [
    {
      name: '=cmd|calc!A1',
      id: 'w1',
      lmsId: '501',
      login: 'jwatson',
      email: 'john@example.org',
      section: 'A',
      mark: 7.5,
      possible: 10,
      claimed: 10,
      lateness: 'late',
      arrivedAt: '2026-09-10T12:00:00Z',
      claimedAt: '2026-09-09T12:00:00Z',
      items: [
        { kind: 'exercise', id: 'double', earned: 7.5, points: 10 },
        { kind: 'quiz', id: 'double', earned: 1, points: 2 },
      ],
      remarks: ['One.', 'Two, three.'],
      comment: 'Well "done"\nJohn',
      file: 'w.json',
    },
    { name: 'Zoë Lyle', id: 'z1', possible: 10 },
  ];
  const options = { title: 'Week 3', possible: 10 };

  it('gives Canvas its rows, which the gradebook’s reader reads', () => {
    const csv = exportCsv('canvas', rows, options);
    expect(csv).toBe(
      [
        'Student,ID,SIS User ID,SIS Login ID,Section,Week 3',
        '"    Points Possible",,,,,10',
        `"'=cmd|calc!A1",501,w1,jwatson,A,7.5`,
        'Zoë Lyle,,z1,,,',
        '',
      ].join('\r\n'),
    );
    const book = readGradebook(encode(csv));
    expect(book).toMatchObject({ kind: 'canvas' });
    expect(book.pointsRow).toBeDefined();
  });

  it('gives Moodle marks and comments', () => {
    expect(exportCsv('moodle', rows, options).split('\r\n')).toEqual([
      'Identifier,Full name,ID number,Email address,Week 3,Feedback comments',
      `Participant 501,"'=cmd|calc!A1",w1,john@example.org,7.5,"Well ""done""\nJohn"`,
      ',Zoë Lyle,z1,,,',
      '',
    ]);
  });

  it('gives people all that is known, with the mark that Excel wants', () => {
    const csv = exportCsv('plain', rows, options);
    expect(csv.startsWith('\uFEFFName,Id,Week 3,Of 10,')).toBe(true);
    const [header, watson, lyle] = csvRows(csv, ',', 1).map(({ cells }) =>
      cells.map(({ value }) => value),
    );
    const told = Object.fromEntries(header!.map((title, index) => [title, watson![index]]));
    expect(told).toMatchObject({
      Name: "'=cmd|calc!A1",
      'Week 3': '7.5',
      Claimed: '10',
      // An exercise and a question may bear one name.
      'exercise double (10)': '7.5',
      'quiz double (2)': '1',
      Remarks: 'One. Two, three.',
      File: 'w.json',
    });
    expect(lyle).toHaveLength(header!.length);
    expect(lyle!.slice(2).every((value) => value === '')).toBe(true);
  });
});
