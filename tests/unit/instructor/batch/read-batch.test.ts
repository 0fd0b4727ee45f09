import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readBatch } from '../../../../src/instructor/batch/read-batch.ts';
import { settleDuplicates } from '../../../../src/instructor/batch/settle-duplicates.ts';
import { handInText } from '../../../../src/instructor/hand-in-text.ts';
import { seal, writeSealed } from '../../../../src/instructor/seal.ts';
import { makeSealKeys } from '../../../../src/instructor/seal-key.ts';
import { assignment, codes, encode, fileOf, input, read } from './support.ts';
import { rawZip, unixTime } from './zip-maker.ts';

const watson = await fileOf('John Watson', 'w1');
const lestrade = await fileOf('G. Lestrade', 'l1');

describe('readBatch, of files', () => {
  it('reads a file and says when it came by the file, not by its claim', async () => {
    const row = (await read([input('watson.json', watson)])).get('watson.json');
    expect(row).toMatchObject({
      state: 'ready',
      arrival: { at: Date.parse('2026-09-10T12:00:00Z'), from: 'file', zoned: true },
      remarks: [],
    });
    expect(row?.handIn?.student).toEqual({ name: 'John Watson', id: 'w1' });
    // What is for people is not carried along.
    expect(row?.handIn?.readMe).toEqual([]);
  });

  it('reads it with a byte order mark, other ends of lines, and in UTF-16', async () => {
    const utf16 = new Uint8Array(2 + 2 * watson.length);
    new DataView(utf16.buffer).setUint16(0, 0xfffe);
    for (let i = 0; i < watson.length; i++) {
      new DataView(utf16.buffer).setUint16(2 + 2 * i, watson.charCodeAt(i), true);
    }
    const rows = await read([
      input('bom.json', `\uFEFF${watson}`),
      input('crlf.json', lestrade.replaceAll('\n', '\r\n')),
      input('utf-16.json', utf16),
    ]);
    expect([...rows.values()].filter(({ state }) => state === 'refused')).toEqual([]);
    for (const row of rows.values()) expect(codes(row)).toEqual([]);
  });

  it('reads what was pasted into a form, with what the form added', async () => {
    const pasted = handInText(watson);
    const html = `<p>Here it is:</p><div>${pasted.replaceAll('\n', '<br>\r\n')}</div>`;
    const rows = await read([
      input('a.txt', `Dear Sir,\r\n\r\n${pasted.replaceAll('\n', '\r\n> ')}\r\nJ. W.`),
      input('onlinetext.html', html),
    ]);
    for (const row of rows.values()) expect(row.handIn?.student.name).toBe('John Watson');
  });

  it('gives one form of a name to paths in either', async () => {
    const rows = await read([input('Zoe\u0308.json', watson)]);
    expect([...rows.keys()]).toEqual(['Zo\u00EB.json']);
  });

  it('opens sealed hand-ins with the key, and says which need one', async () => {
    const keys = await makeSealKeys(assignment.id);
    const other = await makeSealKeys(assignment.id);
    const sealed = input('s.json', writeSealed(await seal(watson, assignment.id, keys.public)));
    const opened = async (privateKey?: JsonWebKey) =>
      (await read([sealed], privateKey === undefined ? {} : { privateKey })).get('s.json');
    expect((await opened(keys.private.key))?.handIn?.student.name).toBe('John Watson');
    expect((await opened())?.fault?.code).toBe('sealed-locked');
    expect((await opened(other.private.key))?.fault?.code).toBe('seal-wrong-key');
    const strange = writeSealed(await seal(watson, 'a9999999999', keys.public));
    const rows = await read([input('s.json', strange)], { privateKey: keys.private.key });
    expect(rows.get('s.json')?.fault?.code).toBe('hand-in-of-another-assignment');
  });
});

describe('readBatch, of archives', () => {
  it('reads folders of a zip, leaves aside what systems add, and takes the times of the entries', async () => {
    const dos = new Date(2026, 8, 11, 13, 14, 16);
    const zip = zipSync({
      'week 3/watson.json': [encode(watson), { mtime: dos }],
      'week 3/more/lestrade.json': [encode(lestrade), { mtime: dos }],
      '__MACOSX/week 3/._watson.json': encode('x'),
      'week 3/.DS_Store': encode('x'),
      'week 3/empty/': new Uint8Array(0),
    });
    const { rows, ignored } = await readBatch([input('all.zip', zip)], { assignment });
    expect(rows.map(({ path, state }) => [path, state])).toEqual([
      ['all.zip › week 3/more/lestrade.json', 'ready'],
      ['all.zip › week 3/watson.json', 'ready'],
    ]);
    expect(rows[1]?.arrival).toEqual({ at: dos.getTime(), from: 'zip', zoned: false });
    expect(ignored).toHaveLength(2);
  });

  it('prefers a time that knows its zone, and knows archives of the large kind', async () => {
    const entries = [
      { name: 'w.json', data: encode(watson), extra: unixTime('2026-09-12T01:02:03Z') },
      { name: 'l.json', data: encode(lestrade) },
    ];
    for (const zip64 of [false, true]) {
      const rows = await read([input('all.zip', rawZip(entries, { zip64 }))]);
      expect(rows.get('all.zip › w.json')?.arrival).toEqual({
        at: Date.parse('2026-09-12T01:02:03Z'),
        from: 'zip',
        zoned: true,
      });
      // No time is written for this one: none is made up.
      expect(rows.get('all.zip › l.json')).not.toHaveProperty('arrival');
    }
  });

  it('opens an archive within an archive, with the time and the name of the outer entry', async () => {
    const inner = zipSync({ 'mine.json': [encode(watson), { mtime: new Date(2026, 0, 1) }] });
    const time = new Date(2026, 8, 13, 8, 0, 0);
    const zip = zipSync({
      'watsonjohn_LATE_7_70_mine.zip': [inner, { mtime: time }],
      'lestradeg_8_80_l.json': [encode(lestrade), { mtime: time }],
    });
    const rows = await read([input('all.zip', zip)]);
    const row = rows.get('all.zip › watsonjohn_LATE_7_70_mine.zip › mine.json');
    expect(row?.arrival?.at).toBe(time.getTime());
    expect(row?.lms).toMatchObject({ userId: '7', late: true });
    expect(codes(row)).toEqual(['lms-late']);
  });

  it('does not believe the times in an archive of one student’s', async () => {
    const early = new Date(2026, 0, 1);
    const zip = zipSync({ 'mine.json': [encode(watson), { mtime: early }] });
    const rows = await read([
      input('watson.zip', zip, '2026-09-20T00:00:00Z'),
      input('lestrade.json', lestrade),
    ]);
    const row = rows.get('watson.zip › mine.json');
    expect(row?.arrival?.at).toBe(Date.parse('2026-09-20T00:00:00Z'));
    expect(codes(row)).toEqual(['disk-time', 'lone-archive']);
  });
});

it('reads a thousand hand-ins in seconds', async () => {
  const files: Record<string, Uint8Array> = {};
  for (let i = 0; i < 1_000; i++) {
    files[`student${i}_${i}_${i}_x.json`] = encode(await fileOf(`Student ${i}`, `s${i}`));
  }
  const zip = zipSync(files, { mtime: new Date(2026, 8, 12) });
  const started = performance.now();
  const { rows } = await readBatch([input('all.zip', zip)], { assignment });
  expect(rows.filter(({ state }) => state === 'ready')).toHaveLength(1_000);
  expect(rows.flatMap(({ remarks }) => remarks)).toEqual([]);
  expect(performance.now() - started).toBeLessThan(20_000);
});

describe('several hand-ins of one student', () => {
  it('counts the newest by arrival, whatever the student’s clock said, and lists the others', async () => {
    const backwards = await fileOf('John Watson', 'w1', { handedInAt: '2026-09-08T09:01:00Z' });
    const inputs = [
      input('1.json', watson, '2026-09-10T12:00:00Z'),
      input('2.json', backwards, '2026-09-11T12:00:00Z'),
      input('3.json', lestrade, '2026-09-09T12:00:00Z'),
    ];
    const { rows } = await readBatch(inputs, { assignment });
    expect(rows.map(({ state }) => state)).toEqual(['superseded', 'ready', 'ready']);
    expect(rows[0]?.supersededBy).toBe(rows[1]?.key);
    const chosen = settleDuplicates(rows, new Set([rows[0]!.key]));
    expect(chosen.map(({ state }) => state)).toEqual(['ready', 'superseded', 'ready']);
    expect(chosen[0]).not.toHaveProperty('supersededBy');
    expect(settleDuplicates(chosen)).toEqual(rows);
  });

  it('goes by the account of the LMS where there is one', async () => {
    const files = {
      'watsonjohn_7_70_a.json': encode(watson),
      // Lestrade hands in as Watson.
      'lestradeg_8_80_a.json': encode(watson),
      'adleri_9_90_a.json': encode(await fileOf('Irene Adler', 'w1')),
    };
    const zip = zipSync(files, { mtime: new Date(2026, 8, 12) });
    const rows = await read([input('all.zip', zip)]);
    const row = (name: string) => rows.get(`all.zip › ${name}`);
    expect([...rows.values()].map(({ state }) => state)).toEqual(['ready', 'ready', 'ready']);
    expect(codes(row('lestradeg_8_80_a.json'))).toEqual([
      'id-claimed-twice',
      'identity-differs',
      'same-answers',
    ]);
    expect(codes(row('watsonjohn_7_70_a.json'))).toEqual(['id-claimed-twice', 'same-answers']);
    expect(codes(row('adleri_9_90_a.json'))).toEqual(['id-claimed-twice']);
  });

  it('lets nobody push out another’s work by claiming the id', async () => {
    const rows = await read([
      input('w.json', watson, '2026-09-10T12:00:00Z'),
      input('m.json', await fileOf('James Moriarty', 'W1'), '2026-09-12T12:00:00Z'),
    ]);
    expect(rows.get('w.json')?.state).toBe('ready');
    expect(codes(rows.get('w.json'))).toEqual(['id-claimed-twice']);
    expect(codes(rows.get('m.json'))).toEqual(['id-claimed-twice']);
  });
});

describe('remarks', () => {
  const remarksOn = async (text: string, modified?: string): Promise<string[]> =>
    codes((await read([input('x.json', text, modified)])).get('x.json'));

  it('says that a file was changed after it was made', async () => {
    expect(await remarksOn(watson.replaceAll('padding', 'porridge'))).toEqual(['receipt-broken']);
    // The part for people is for people.
    expect(await remarksOn(watson.replace('Hand in this file as it is.', ''))).toEqual([]);
  });

  it('says that it answers another state of the assignment', async () => {
    const other = { ...assignment, title: 'Week 4' };
    const text = await fileOf('John Watson', 'w1', { assignment: other });
    expect(await remarksOn(text)).toEqual(['assignment-changed']);
  });

  it('says that a clock was wrong', async () => {
    expect(await remarksOn(watson, '2026-09-09T09:49:00Z')).toEqual(['clock-ahead']);
    expect(await remarksOn(watson, '2026-09-09T09:51:00Z')).toEqual([]);
    const text = await fileOf('John Watson', 'w1', { startedAt: '2026-09-09T10:00:01Z' });
    expect(await remarksOn(text)).toEqual(['clock-backwards']);
  });

  it('does not take two beginners for one', async () => {
    const answers = [{ kind: 'written' as const, id: 'why-zero', text: '' }];
    const at = (startedAt: string) => ({ answers, startedAt });
    const rows = await read([
      input('a.json', await fileOf('A A', 'a', at('2026-09-08T09:00:00.123Z'))),
      input('b.json', await fileOf('B B', 'b', at('2026-09-08T09:00:00.124Z'))),
    ]);
    for (const row of rows.values()) expect(codes(row)).toEqual([]);
  });
});

describe('progress and Stop', () => {
  it('counts, and gives back what was read by then', async () => {
    const stop = new AbortController();
    const counts: number[] = [];
    const { rows, stopped } = await readBatch(
      [input('a.json', watson), input('b.json', lestrade), input('c.json', 'no')],
      {
        assignment,
        signal: stop.signal,
        onProgress: ({ files }) => {
          counts.push(files);
          if (files === 2) stop.abort();
        },
      },
    );
    expect({ rows: rows.length, stopped, counts }).toEqual({
      rows: 2,
      stopped: true,
      counts: [1, 2],
    });
  });
});
