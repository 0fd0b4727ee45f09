import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fillable,
  fillColumn,
  suggestedColumn,
} from '../../../../src/instructor/gradebook/fill-column.ts';
import { valueAt } from '../../../../src/instructor/gradebook/gradebook.ts';
import { readGradebook } from '../../../../src/instructor/gradebook/read-gradebook.ts';
import { codeOf } from '../example-assignment.ts';
import { canvas, decode, encode, moodle, tableOf } from './support.ts';

const filled = (text: string, column: string, marks: [number, number][], possible?: number) =>
  fillColumn(tableOf(text), {
    column,
    marks: new Map(marks),
    ...(possible === undefined ? {} : { possible }),
  });

describe('fillColumn', () => {
  it('changes the cells of one column and no other byte', () => {
    const { bytes, changes, added } = filled(canvas, 'Week 3', [
      [0, 9.5],
      [2, 0],
    ]);
    expect(decode(bytes)).toBe(
      canvas
        .replace('jwatson,A,7.00,', 'jwatson,A,9.5,')
        .replace('"A ""late""",,', '"A ""late""",0,'),
    );
    expect(added).toBe(false);
    expect(changes).toEqual([
      { row: 0, from: '7.00', to: '9.5' },
      { row: 2, from: '', to: '0' },
    ]);
  });

  it('leaves a mark that is the same already, keeps quotation marks, and rounds to hundredths', () => {
    const { bytes, changes } = filled(canvas, 'Week 30 (124)', [
      [0, 10 / 3],
      [1, 4.5],
    ]);
    expect(decode(bytes)).toBe(canvas.replace('A,7.00,,', 'A,7.00,3.33,'));
    expect(changes).toHaveLength(1);
    const again = filled(canvas, 'Week 30 (124)', [[1, 5]]);
    expect(decode(again.bytes)).toBe(canvas.replace('"4.50"', '"5"'));
  });

  it('writes commas where the table does', () => {
    const { bytes } = filled(moodle, 'Week 3', [
      [0, 7.5],
      [1, 8],
    ]);
    expect(decode(bytes)).toBe(moodle.replace('7,50;-', '7,50;7,5').replace('8,00;-', '8,00;8'));
  });

  it('writes commas where semicolons part the cells, unless the table has points', () => {
    const marks: [number, number][] = [[0, 7.5]];
    expect(decode(filled('Name;ID;Mark\nAda;1;\n', 'Mark', marks).bytes)).toContain('Ada;1;7,5\n');
    const points = 'Name;ID;Mark;Other\nAda;1;;3.5\n';
    expect(decode(filled(points, 'Mark', marks).bytes)).toContain('Ada;1;7.5;3.5');
    expect(decode(filled('Name,ID,Mark\nAda,1,\n', 'Mark', marks).bytes)).toContain('Ada,1,7.5');
  });

  it('adds a column, in every row, with its points', () => {
    const { bytes, added } = filled(canvas, 'Week 4', [[1, 3]], 12);
    expect(added).toBe(true);
    const lines = decode(bytes).split('\r\n');
    const before = canvas.split('\r\n');
    const ends = [',Week 4', ',', ',12', ',', ',3', ',', ',', ''];
    expect(lines).toEqual(before.map((line, index) => line + ends[index]!));
  });

  it('adds it beside the longest row, and adds no formula', () => {
    const { bytes } = filled('Name,ID\nAda,1,x\nBob\n', '=1+1', [[1, 2]]);
    expect(decode(bytes)).toBe("Name,ID,,'=1+1\nAda,1,x,\nBob,,,2\n");
  });

  it('keeps other encodings', () => {
    const latin = Uint8Array.from('Name;ID;M\nZo\u00EB;1;\n', (sign) => sign.charCodeAt(0));
    const { bytes } = fillColumn(readGradebook(latin), { column: 'M', marks: new Map([[0, 4]]) });
    expect(bytes).toEqual(
      Uint8Array.from('Name;ID;M\nZo\u00EB;1;4\n', (sign) => sign.charCodeAt(0)),
    );
  });

  it('refuses columns that are not to be filled', async () => {
    const code = (text: string, column: string): Promise<string> =>
      codeOf(() => filled(text, column, []));
    expect(await code(canvas, 'SIS User ID')).toBe('gradebook-column-of-students');
    expect(await code('Name,M,M\nA,,\n', 'M')).toBe('gradebook-column-twice');
    expect(await code('Name,M (1),M (2)\nA,,\n', 'M')).toBe('gradebook-column-twice');
    expect(await code(canvas, ' ')).toBe('gradebook-column-unnamed');
    expect(() => filled(canvas, 'Week 3', [[9, 1]])).toThrow(RangeError);
    expect(() => filled(canvas, 'Week 3', [[0, NaN]])).toThrow(RangeError);
    expect(fillable(tableOf(canvas))).toEqual([
      'Section',
      'Week 3 (123)',
      'Week 30 (124)',
      'Final Score (read only)',
    ]);
  });

  it('suggests the column of the assignment, and never one that only begins like it', () => {
    const table = (columns: string) => tableOf(`Name,ID,${columns}\nAda,1,,,\n`);
    expect(suggestedColumn(table('Week 10 (33),Week 1 (5),x'), 'Week 1')).toBe('Week 1 (5)');
    expect(suggestedColumn(table('Week 1 (5),Week 1,x'), ' Week 1')).toBe('Week 1');
    expect(suggestedColumn(table('Week 10 (33),Week 1 (late) (4),x'), 'Week 1')).toBe('Week 1');
    expect(suggestedColumn(table('Week 10 (33),x,y'), 'ID')).toBe('ID');
  });

  it('reads back as filled, with every other cell as it was, for any table', () => {
    const cell = fc.string({ maxLength: 5 }).map((text) => text.replaceAll('\0', ''));
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(table, fc.nat({ max: 7 }), fc.nat({ max: 100 }), (rows, at, points) => {
        const lines = rows.map((row, index) => [`n${index}`, ...row].map(quoted).join(','));
        const text = `Name,A,Mark,B\r\n${lines.join('\r\n')}`;
        const row = at % rows.length;
        const before = tableOf(text);
        const { bytes } = fillColumn(before, { column: 'Mark', marks: new Map([[row, points]]) });
        const after = readGradebook(bytes);
        for (const [index, student] of after.students.entries()) {
          for (const column of [0, 1, 2, 3]) {
            const old = valueAt(before.students[index]!, column);
            const now = valueAt(student, column);
            if (index === row && column === 2) expect(Number(now.replace(',', '.'))).toBe(points);
            else expect(now).toBe(old);
          }
        }
        expect(encode(text).length - bytes.length).toBe(
          encode(quoted(rows[row]![1])).length -
            encode(quoted(valueAt(after.students[row]!, 2))).length,
        );
      }),
    );
  });
});
