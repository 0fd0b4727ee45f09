import { expect, it } from 'vitest';
import { readBatch } from '../../../../src/instructor/batch/read-batch.ts';
import { assignment, fileOf, input } from './support.ts';

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
