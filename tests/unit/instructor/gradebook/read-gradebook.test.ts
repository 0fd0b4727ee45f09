import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvDialect, csvRows } from '../../../../src/instructor/gradebook/csv-rows.ts';
import { nameIn, valueAt } from '../../../../src/instructor/gradebook/gradebook.ts';
import { readGradebook } from '../../../../src/instructor/gradebook/read-gradebook.ts';
import { decodeTable, encodeTable } from '../../../../src/instructor/gradebook/table-text.ts';
import { codeOf } from '../example-assignment.ts';
import { canvas, encode, moodle, tableOf, worksheet } from './support.ts';

const values = (text: string, delimiter = ','): string[][] =>
  csvRows(text, delimiter).map(({ cells }) => cells.map(({ value }) => value));

describe('csvRows', () => {
  it('reads quotation marks, ends of lines and separators within them', () => {
    expect(values('a,"b ""c"", d","e\nf"\r\n,,\r"",x\n')).toEqual([
      ['a', 'b "c", d', 'e\nf'],
      ['', '', ''],
      ['', 'x'],
    ]);
    expect(values('a"b,"c"d')).toEqual([['a"b', 'cd']]);
    expect(values('')).toEqual([]);
    expect(values('\n')).toEqual([['']]);
  });

  it('says in which row a quotation mark is never closed', () => {
    expect(() => values('a,b\nc,"d\ne,f')).toThrow('row 2');
  });

  it('gives the place of each cell, so that the text can be put together again', () => {
    const cell = fc.string({ maxLength: 6 }).map((text) => text.replaceAll('\0', ''));
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { maxLength: 6 });
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t'), fc.boolean(), (rows, delimiter, all) => {
        const written = (text: string): string =>
          all || /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
        const text = rows.map((row) => `${row.map(written).join(delimiter)}\r\n`).join('');
        const read = csvRows(text, delimiter);
        expect(read.map(({ cells }) => cells.map(({ value }) => value))).toEqual(rows);
        for (const { cells } of read) {
          for (const { value, start, end } of cells) {
            expect([value, written(value)]).toContain(text.slice(start, end));
          }
        }
      }),
    );
  });
});

describe('csvDialect', () => {
  it('finds the separator, and believes Excel’s line', () => {
    expect(csvDialect(canvas)).toEqual({ delimiter: ',', from: 1 });
    expect(csvDialect(moodle)).toEqual({ delimiter: ';', from: 0 });
    expect(csvDialect('a\tb, c\n1\t2\n')).toEqual({ delimiter: '\t', from: 0 });
    expect(csvDialect('"Name, in full";Mark\n"A, B";1\n').delimiter).toBe(';');
    expect(csvDialect('\uFEFFsep=;\r\na;b')).toEqual({ delimiter: ';', from: 8 });
  });

  it('refuses what has no columns', async () => {
    expect(await codeOf(() => csvDialect('name\nJohn\n'))).toBe('gradebook-one-column');
  });
});

describe('decodeTable', () => {
  it('gives back the bytes that came, in every encoding', () => {
    const utf16 = (little: boolean): Uint8Array => {
      const text = `\uFEFF${moodle}`;
      const bytes = new Uint8Array(2 * text.length);
      const view = new DataView(bytes.buffer);
      for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), little);
      return bytes;
    };
    const latin = Uint8Array.from({ length: 255 }, (_, byte) => byte + 1);
    const cases = { 'utf-8': encode(canvas), 'utf-16le': utf16(true), 'utf-16be': utf16(false) };
    for (const [encoding, bytes] of Object.entries({ ...cases, 'windows-1252': latin })) {
      const table = decodeTable(bytes);
      expect(table.encoding).toBe(encoding);
      expect(encodeTable(table)).toEqual(new Uint8Array(bytes));
    }
  });

  it('says what is no table', async () => {
    const code = (bytes: Uint8Array): Promise<string> => codeOf(() => decodeTable(bytes));
    expect(await code(Uint8Array.of(0x50, 0x4b, 3, 4))).toBe('gradebook-is-excel');
    expect(await code(Uint8Array.of(0x61, 0, 0x62))).toBe('gradebook-not-text');
    expect(await code(new Uint8Array(20_000_001))).toBe('gradebook-too-large');
  });
});

describe('readGradebook', () => {
  it('tells Canvas’s students from its other rows', () => {
    const book = tableOf(canvas);
    expect(book.kind).toBe('canvas');
    expect(book.students.map((row) => nameIn(row, book.roles))).toEqual([
      'Watson, John',
      'Lestrade, G.',
      'Müller-Ångström, Zoë',
      'Student, Test',
    ]);
    expect(valueAt(book.pointsRow!, 5)).toBe('10.00');
    expect(book.otherRows).toHaveLength(1);
    expect(book.roles).toEqual({ name: 0, lmsId: 1, id: 2, login: 3 });
  });

  it('knows Moodle’s two tables, Blackboard’s, and others', () => {
    const book = tableOf(moodle);
    expect([book.kind, book.delimiter]).toEqual(['moodle', ';']);
    expect(nameIn(book.students[1]!, book.roles)).toBe('Zoë Lyle');
    expect(tableOf(worksheet)).toMatchObject({
      kind: 'moodle-worksheet',
      roles: { lmsId: 0, name: 1, email: 2 },
    });
    const blackboard = '"Last Name","First Name","Username","Student ID"\n"L","Z","zl","7"\n';
    expect(tableOf(blackboard)).toMatchObject({ kind: 'blackboard', roles: { lmsId: 2, id: 3 } });
    expect(tableOf('E-Mail,Points\na@b.c,1\n')).toMatchObject({
      kind: 'plain',
      roles: { email: 0 },
    });
  });

  it('takes the columns that the instructor names', async () => {
    const text = 'Matrikel;Punkte\n77;\n';
    const error = await codeOf(() => tableOf(text));
    expect(error).toBe('gradebook-no-students');
    const book = readGradebook(encode(text), { id: 0 });
    expect(book.students).toHaveLength(1);
  });

  it('refuses a file with nothing in it', async () => {
    expect(await codeOf(() => tableOf('\uFEFF\r\n'))).toBe('gradebook-empty');
  });
});
