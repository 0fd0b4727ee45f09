import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutArrivalRemarks } from '../../../../src/instructor/batch/arrival-remarks.ts';
import { assignment, codes, encode, fileOf, input, read } from './support.ts';

const zone = process.env['TZ'];
beforeAll(() => {
  process.env['TZ'] = 'America/New_York';
});
afterAll(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

const watson = await fileOf('John Watson', 'w1');
const adler = await fileOf('Irene Adler', 'a1');
/** The example is due at this time. */
const due = Date.parse('2026-09-14T21:59:00Z');
const HOUR = 60 * 60_000;

const zipped = async (at: number, changes = {}) => {
  const options = { assignment: { ...assignment, ...changes } };
  const zip = zipSync(
    { 'w.json': encode(watson), 'a.json': encode(adler) },
    { mtime: new Date(at) },
  );
  return (await read([input('all.zip', zip)], options)).get('all.zip › w.json');
};

describe('a time of arrival', () => {
  it('without a zone is said to be so, with the zone that was taken, near the due time only', async () => {
    const near = await zipped(due - 25 * HOUR);
    expect(codes(near)).toEqual(['time-without-zone']);
    expect(near?.remarks[0]?.text).toContain('America/New_York');
    expect(codes(await zipped(due + 25 * HOUR))).toEqual(['time-without-zone']);
    expect(codes(await zipped(due - 27 * HOUR))).toEqual([]);
    // Another state of the assignment: that is said, and no more.
    const open = await zipped(due - HOUR, { due: undefined });
    expect(codes(open)).toEqual(['assignment-changed']);
  });

  it('is measured from the student’s own due time', async () => {
    const exceptions = [{ student: 'w1', extraMinutes: 3 * 24 * 60 }];
    expect(codes(await zipped(due, { exceptions }))).toEqual([]);
  });

  it('that the disk gives is said to be so, where it costs marks', async () => {
    const at = async (modified: string) =>
      (await read([input('w.json', watson, modified)])).get('w.json');
    expect(codes(await at('2026-09-14T21:58:00Z'))).toEqual([]);
    const late = await at('2026-09-14T22:00:00Z');
    expect(codes(late)).toEqual(['disk-time']);
    expect(withoutArrivalRemarks([...late!.remarks, { code: 'x', text: '' }])).toEqual([
      { code: 'x', text: '' },
    ]);
  });
});
