import { expect, it } from 'vitest';
import { readBatch } from '../../../../src/instructor/batch/read-batch.ts';
import { assignment, fileOf, input, read } from './support.ts';

it('takes Blackboard’s time of the attempt, and leaves its notes aside', async () => {
  const name = (login: string, time: string): string => `Week 3_${login}_attempt_2026-09-1${time}`;
  const { rows, ignored, layout } = await readBatch(
    [
      input(`${name('w1', '0-12-00-00')}_a.json`, await fileOf('John Watson', 'w1')),
      input(`${name('w1', '0-12-00-00')}.txt`, 'Name: John Watson (w1)\n'),
      // Opened and saved again on the instructor's disk, which moves the file's time.
      input(
        `${name('l1', '1-12-00-00')}_a.json`,
        await fileOf('G. Lestrade', 'l1'),
        '2026-12-24T00:00:00Z',
      ),
    ],
    { assignment },
  );
  expect(layout).toBe('blackboard');
  expect(ignored).toEqual(['Week 3_w1_attempt_2026-09-10-12-00-00.txt']);
  expect(rows.map(({ arrival }) => arrival)).toEqual([
    { at: new Date(2026, 8, 11, 12).getTime(), from: 'lms-name', zoned: false },
    { at: new Date(2026, 8, 10, 12).getTime(), from: 'lms-name', zoned: false },
  ]);
  expect(rows.map(({ remarks }) => remarks)).toEqual([[], []]);
});

it('lets nobody push out another’s work by a name for the file, nor for a login like another’s', async () => {
  const doe = await fileOf('Doe', '');
  const { rows } = await readBatch(
    [
      input('HW_ann_attempt_2026-09-10-12-00-00_x.json', await fileOf('Ann Other', 'a1')),
      input(
        'HW_bad_attempt_2026-09-11-12-00-00_HW_ann_attempt_2026-09-12-12-00-00_x.json',
        await fileOf('Ann Other', 'a1', { startedAt: '2026-09-08T08:00:00Z' }),
      ),
      input('HW_jane_doe_attempt_2026-09-10-12-00-00_x.json', doe),
      input('HW_john_doe_attempt_2026-09-10-12-00-00_x.json', doe),
    ],
    { assignment },
  );
  expect(rows.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready', 'ready']);
});

it('lets nobody push out another’s work by a folder as Moodle makes it', async () => {
  const of = (name: string, number: number): string => `${name}_${number}_assignsubmission_file_`;
  const ann = await fileOf('Ann Other', 'a1');
  const rows = await read([
    input(`${of('Ann Other', 222)}/x.json`, ann),
    input(`${of('Bad Guy', 111)}/${of('Ann Other', 222)}/x.json`, ann, '2026-09-11T12:00:00Z'),
  ]);
  expect(rows.get(`${of('Ann Other', 222)}/x.json`)?.state).toBe('ready');
  expect(rows.get(`${of('Bad Guy', 111)}/${of('Ann Other', 222)}/x.json`)?.lms).toMatchObject({
    student: 'Bad Guy',
    userId: '111',
  });
});
