import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { codes, encode, fileOf, input, read } from './support.ts';

const ann = await fileOf('Ann Other', 'a1');
const bad = await fileOf('Bad Guy', 'b1');
const moodle = (name: string, number: number): string => `${name}_${number}_assignsubmission_file_`;
const early = new Date(2026, 0, 1);

describe('what a student could name in a small batch', () => {
  it('is no system’s name where one loose file has it', async () => {
    const name = 'HW_ann_attempt_2026-01-01-00-00-00_x.json';
    const row = (await read([input(name, bad)])).get(name);
    expect(row).not.toHaveProperty('lms');
    expect(row?.arrival).toMatchObject({ at: Date.parse('2026-09-10T12:00:00Z'), from: 'file' });
  });

  it('is no system’s name in an archive of the student’s, beside the export or in it unpacked', async () => {
    const forged = zipSync({ [`${moodle('Ann Other', 222)}/x.json`]: encode(bad) });
    const loose = await read([
      input(
        'export.zip',
        zipSync({
          [`${moodle('Ann Other', 222)}/x.json`]: encode(ann),
          [`${moodle('Cy', 333)}/x.json`]: encode(await fileOf('Cy Three', 'c1')),
        }),
      ),
      input('late.zip', forged),
    ]);
    expect([...loose.values()].map(({ state }) => state)).toEqual(['ready', 'ready', 'ready']);
    expect(loose.get(`late.zip › ${moodle('Ann Other', 222)}/x.json`)).not.toHaveProperty('lms');
    const unpacked = await read([
      input(`${moodle('Ann Other', 222)}/x.json`, ann),
      input(`${moodle('Bad Guy', 111)}/x.zip`, forged),
    ]);
    expect([...unpacked.values()].map(({ lms, state }) => [lms?.userId, state])).toEqual([
      ['222', 'ready'],
      ['111', 'ready'],
    ]);
  });

  it('gives no times by an archive with an invented student in it', async () => {
    const zip = zipSync(
      { 'b.json': encode(bad), 'n.json': encode(await fileOf('Nobody', 'n')) },
      { mtime: early },
    );
    const others = await Promise.all(
      ['c', 'd', 'e'].map(async (id) => input(`${id}.json`, await fileOf(`Student ${id}`, id))),
    );
    const row = (await read([input('b.zip', zip), ...others])).get('b.zip › b.json');
    expect(row?.arrival?.at).toBe(Date.parse('2026-09-10T12:00:00Z'));
    expect(codes(row)).toContain('lone-archive');
  });

  it('has the system’s time for an archive that the system named', async () => {
    const name = 'HW_bad_attempt_2026-09-11-12-00-00_x.zip';
    const rows = await read([
      input(
        name,
        zipSync({ 'HW_ann_attempt_2026-09-01-12-00-00_x.json': [encode(bad), { mtime: early }] }),
      ),
      input('HW_ann_attempt_2026-09-10-12-00-00_x.json', ann),
    ]);
    const row = rows.get(`${name} › HW_ann_attempt_2026-09-01-12-00-00_x.json`);
    expect(row?.lms?.account).toBe('HW_bad');
    expect(row?.arrival?.at).toBe(new Date(2026, 8, 11, 12).getTime());
  });
});
