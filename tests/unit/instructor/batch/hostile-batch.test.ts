import { deflateSync, zipSync } from 'fflate';
import { createRng } from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../../src/engine/compression/crc32.ts';
import type { BatchInput } from '../../../../src/instructor/batch/found-file.ts';
import { readBatch } from '../../../../src/instructor/batch/read-batch.ts';
import { assignment, encode, fileOf, input, read } from './support.ts';
import { join, rawZip, type RawEntry } from './zip-maker.ts';

const good = await fileOf('John Watson', 'w1');
const another = await fileOf('Irene Adler', 'a1');

const codeOf = async (one: BatchInput, path = one.path): Promise<string | undefined> =>
  (await read([one])).get(path)?.fault?.code;

const inZip = (entry: RawEntry): BatchInput =>
  input('z.zip', rawZip([entry, { name: 'good.json', data: encode(good) }]));

/** The code of one entry; the good one beside it must have been read. */
const entryCode = async (entry: RawEntry): Promise<string | undefined> => {
  const rows = [...(await read([inZip(entry)])).values()];
  expect(rows.filter(({ path }) => path === 'z.zip › good.json').map(({ state }) => state)).toEqual(
    ['ready'],
  );
  expect(rows).toHaveLength(2);
  return rows.find(({ path }) => path !== 'z.zip › good.json')?.fault?.code;
};

describe('files that are no hand-ins', () => {
  it('says what each is', async () => {
    expect(await codeOf(input('e.json', ''))).toBe('file-empty');
    expect(await codeOf(input('p.pdf', '%PDF-1.7 …'))).toBe('file-not-text');
    expect(await codeOf(input('b.json', Uint8Array.of(0x7b, 0xff, 0xfe)))).toBe('file-not-text');
    expect(await codeOf(input('n.json', '{"a":"\0"}'))).toBe('file-not-text');
    expect(await codeOf(input('r.json', Uint8Array.of(0x52, 0x61, 0x72, 0x21)))).toBe(
      'file-not-text',
    );
    expect(await codeOf(input('t.txt', 'I was ill.'))).toBe('file-not-a-hand-in');
    expect(await codeOf(input('l.json', '[]'))).toBe('hand-in-wrong-format');
    expect(await codeOf(input('q.json', '{"format":"marks"}'))).toBe('hand-in-wrong-format');
  });

  it('refuses a file that was cut short anywhere', async () => {
    const whole = good.trimEnd();
    const cut: BatchInput[] = [];
    for (let length = 1; length < whole.length; length += 53) {
      cut.push(input(`${length}.json`, whole.slice(0, length)));
    }
    const rows = await read(cut);
    expect(rows.size).toBe(cut.length);
    for (const { fault } of rows.values()) expect(fault?.code).toBe('hand-in-not-json');
  });

  it('refuses another assignment’s, and names both', async () => {
    const other = { ...assignment, id: 'a9876543210', title: 'Week 9' };
    const text = await fileOf('John Watson', 'w1', { assignment: other });
    const row = (await read([input('x.json', text)])).get('x.json');
    expect(row?.fault?.code).toBe('hand-in-of-another-assignment');
    expect(row?.fault?.elaborate).toContain('“Week 9”, a9876543210');
    expect(row?.fault?.elaborate).toContain(assignment.id);
  });

  it('refuses 200 MB by their size, unread', async () => {
    let asked = 0;
    const blob = {
      size: 200_000_000,
      slice: (from: number, to: number) => {
        asked += to - from;
        return new Blob([new Uint8Array(to - from)]);
      },
    } as unknown as Blob;
    expect(await codeOf({ path: 'big.json', blob })).toBe('file-too-large');
    expect(asked).toBeLessThan(100);
  });

  it('survives a disk that cannot be read', async () => {
    const blob = {
      size: 10,
      slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }),
    } as unknown as Blob;
    const rows = await read([{ path: 'gone.json', blob }, input('good.json', good)]);
    expect(rows.get('gone.json')?.fault).toMatchObject({
      code: 'file-unreadable',
      elaborate: 'The system says: gone.',
    });
    expect(rows.get('good.json')?.state).toBe('ready');
  });

  it('is not led by JSON that is deep, or reaches for prototypes', async () => {
    const deep = '['.repeat(1_000_000);
    expect(await codeOf(input('deep.json', deep))).toBe('hand-in-not-json');
    const text = good.replace('"version": 1', '"version": 1, "__proto__": {"polluted": 1}');
    const row = (await read([input('p.json', text)])).get('p.json');
    expect(row?.state).toBe('ready');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect((row?.handIn as unknown as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('keeps hostile names as text', async () => {
    const name = '=HYPERLINK("http://x")<img src=x onerror=alert(1)>';
    const rows = await read([input('a\u202Egnp.json', await fileOf(name, '@SUM(1)'))]);
    const [row] = [...rows.values()];
    expect(row?.handIn?.student).toEqual({ name, id: '@SUM(1)' });
    // What turns text around is made visible in paths.
    expect(row?.path).toBe('a\uFFFDgnp.json');
  });
});

describe('archives that are not what they say', () => {
  it('refuses names that lead out, and reads the rest', async () => {
    const names = [
      '../evil.json',
      'a/../../evil.json',
      '/etc/evil.json',
      'C:\\evil.json',
      '..\\evil.json',
      'evil.json\0.txt',
    ];
    for (const name of names) {
      expect(await entryCode({ name, data: encode(another) }), name).toBe('file-name-leads-out');
    }
    const long = `${'x'.repeat(2_000)}.json`;
    expect(await entryCode({ name: long, data: encode(another) })).toBe('file-name-too-long');
  });

  it('reads names of Windows and of old programs', async () => {
    const old = Uint8Array.of(0x5a, 0x6f, 0xeb, 0x2e, 0x6a, 0x73, 0x6f, 0x6e);
    const rows = await read([
      input(
        'z.zip',
        rawZip([
          { name: 'week\\w.json', data: encode(good) },
          { name: old, data: encode(another), flags: 0 },
        ]),
      ),
    ]);
    expect([...rows.keys()]).toEqual(['z.zip › week\\w.json', 'z.zip › Zoë.json']);
    expect([...rows.values()].map(({ state }) => state)).toEqual(['ready', 'ready']);
  });

  it('unpacks no bomb, whatever its lists say', async () => {
    const zeros = new Uint8Array(15_000_000);
    const packed = deflateSync(zeros);
    const honest = { name: 'b.json', method: 8, data: packed, size: zeros.length };
    expect(await entryCode({ ...honest, crc: crc32(zeros) })).toBe('zip-bomb');
    // It says that it is small: unpacking stops there.
    expect(await entryCode({ ...honest, size: 1_000 })).toBe('zip-damaged');
    // It says that it is too large.
    expect(await entryCode({ ...honest, size: 0xfffffffe })).toBe('file-too-large');
  });

  it('reads a short text however well it packs', async () => {
    const text = await fileOf('Long Winded', 'x', {
      answers: [{ kind: 'written', id: 'why-zero', text: 'zero '.repeat(4_000) }],
    });
    const bytes = encode(text);
    const packed = { method: 8, data: deflateSync(bytes), size: bytes.length, crc: crc32(bytes) };
    expect(await entryCode({ name: 'x.json', ...packed })).toBeUndefined();
  });

  it('refuses one piece of data that is listed many times', async () => {
    const entries: RawEntry[] = [
      { name: '0.json', data: encode(good) },
      ...Array.from({ length: 50 }, (_, index) => ({
        name: `${index + 1}.json`,
        size: encode(good).length,
        packedSize: encode(good).length,
        crc: crc32(encode(good)),
        headerAt: 0,
      })),
    ];
    const rows = [...(await read([input('z.zip', rawZip(entries))])).values()];
    expect(rows.filter(({ state }) => state !== 'refused').length).toBeLessThanOrEqual(1);
    expect(rows.filter(({ fault }) => fault?.code === 'zip-bomb')).toHaveLength(50);
  });

  it('says of locked, strange and damaged entries what they are', async () => {
    const data = encode(another);
    expect(await entryCode({ name: 'x.json', data, flags: 1 })).toBe('zip-unsupported');
    expect(await entryCode({ name: 'x.json', data, method: 14 })).toBe('zip-unsupported');
    expect(await entryCode({ name: 'x.json', data, crc: 1 })).toBe('zip-damaged');
    expect(await entryCode({ name: 'x.json', data, method: 8 })).toBe('zip-damaged');
    expect(await entryCode({ name: 'x.json' })).toBe('file-empty');
  });

  it('opens archives in archives once only, and keeps each to a share of its own', async () => {
    const inner = zipSync({ 'w.json': encode(another) });
    const twice = zipSync({ 'inner.zip': inner });
    expect(await entryCode({ name: 'x.zip', data: twice })).toBe('zip-too-deep');
    const many = Object.fromEntries(
      Array.from({ length: 150 }, (_, index) => [`${index}.json`, encode('{}')]),
    );
    const rows = await read([inZip({ name: 'many.zip', data: zipSync(many) })]);
    expect(rows.get('z.zip › many.zip › and 50 more')?.fault?.code).toBe('batch-too-many');
    expect(rows.get('z.zip › good.json')?.state).toBe('ready');
  });

  it('reads the small ones first when the whole is too much', async () => {
    const zip = zipSync(
      {
        'a.json': encode(' '.repeat(9_000)),
        'b.json': encode(' '.repeat(9_001)),
        'good.json': encode(good),
      },
      { level: 0 },
    );
    const rows = await read([input('z.zip', zip)], { caps: { total: 9_000 + good.length + 50 } });
    expect(rows.get('z.zip › good.json')?.state).toBe('ready');
    expect(rows.get('z.zip › b.json')?.fault?.code).toBe('batch-too-much');
  });

  it('reads as many files of an archive as it may, and says how many it did not', async () => {
    const files = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e'].map((name) => [`${name}.json`, encode(good)]),
    );
    const rows = await read([input('z.zip', zipSync(files))], { caps: { entries: 3 } });
    expect(rows.size).toBe(4);
    expect(rows.get('z.zip › and 2 more')?.fault?.code).toBe('batch-too-many');
  });

  it('lets no damage of an archive stop the batch', async () => {
    const zip = zipSync({ 'a.json': encode(good), 'b/c.json': encode(another) });
    const rng = createRng(8);
    const inputs: BatchInput[] = [input('good.json', good)];
    for (let length = 4; length < zip.length; length += 11) {
      inputs.push(input(`cut-${length}.zip`, zip.slice(0, length)));
    }
    for (let at = 4; at < zip.length; at += 3) {
      const spoiled = zip.slice();
      spoiled[at] = Math.floor(rng.floats(1)[0]! * 256);
      inputs.push(input(`spoiled-${at}.zip`, spoiled));
    }
    const { rows } = await readBatch(inputs, { assignment });
    expect(rows.some(({ path }) => path === 'good.json')).toBe(true);
    for (const { path, fault } of rows) {
      if (path.startsWith('cut-')) expect(fault?.code, path).toBe('zip-damaged');
      expect(fault?.code, path).not.toBe('hand-in-unreadable');
      expect(fault?.code, path).not.toBe('file-unreadable');
    }
  });
});

it('takes a whole course of hostile files with a good one among them', async () => {
  const zip = rawZip([
    { name: '../slip.json', data: encode(good) },
    { name: 'bomb.json', method: 8, data: deflateSync(new Uint8Array(5_000_000)), size: 5_000_000 },
    { name: 'locked.json', data: encode(good), flags: 1 },
    { name: 'good.json', data: encode(good) },
    { name: 'good.json', data: encode(good) },
  ]);
  const { rows } = await readBatch(
    [
      input('all.zip', zip),
      input('cut.json', good.slice(0, 300)),
      input('shell.zip', join(encode('PK\x03\x04'), encode('rubbish'))),
      input('adler.json', another),
    ],
    { assignment },
  );
  expect(rows.map(({ path, state, fault }) => [path, fault?.code ?? state])).toEqual([
    ['adler.json', 'ready'],
    ['all.zip › ../slip.json', 'file-name-leads-out'],
    ['all.zip › bomb.json', 'zip-bomb'],
    ['all.zip › good.json', 'superseded'],
    ['all.zip › good.json', 'ready'],
    ['all.zip › locked.json', 'zip-unsupported'],
    ['cut.json', 'hand-in-not-json'],
    ['shell.zip', 'zip-damaged'],
  ]);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});
