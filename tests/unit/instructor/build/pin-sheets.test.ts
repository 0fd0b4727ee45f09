import { describe, expect, it } from 'vitest';
import { addItem } from '../../../../src/instructor/build/edit-items.ts';
import { pinSheets, type PinnableSheet } from '../../../../src/instructor/build/pin-sheets.ts';
import { draft, index, items } from './catalogue.ts';

const sheet = (id: string): PinnableSheet => ({
  entry: [id],
  seed: 1,
  limitMs: 5000,
  checks: `checks of ${id}`,
  starter: 'start',
});
const made = items.reduce(addItem, draft());

describe('pinSheets', () => {
  it('keeps the sheets of exercises alone, in their order, and tells of each', async () => {
    const told: number[] = [];
    const { pinned, lost } = await pinSheets(
      made,
      index,
      {},
      async (id) => {
        // The first comes last.
        if (id === 'scale-and-zero-point') await new Promise((resolve) => setTimeout(resolve, 5));
        return { ...sheet(id), solution: 'secret', mistakes: [] };
      },
      (done) => told.push(done),
    );
    expect(Object.keys(pinned)).toEqual(['scale-and-zero-point', 'twins']);
    expect(pinned['twins']).toEqual({ version: '222222222222', ...sheet('twins') });
    expect(lost).toEqual([]);
    expect(told).toEqual([1, 2]);
  });

  it('takes an old version from what was kept, and says when nothing has it', async () => {
    const old = {
      ...made,
      items: made.items.map((item) => ({ ...item, version: '999999999999' })),
    } as typeof made;
    const kept = { twins: { version: '999999999999', ...sheet('twins'), checks: 'old' } };
    const { pinned, lost } = await pinSheets(old, index, kept, () =>
      Promise.reject(new Error('the present sheet is of another version')),
    );
    expect(pinned).toEqual(kept);
    expect(lost).toEqual(['scale-and-zero-point']);
  });

  it('is not taken in by a kept sheet of another version', async () => {
    const kept = { twins: { version: '999999999999', ...sheet('twins'), checks: 'old' } };
    const { pinned } = await pinSheets(made, index, kept, async (id) => sheet(id));
    expect(pinned['twins']?.checks).toBe('checks of twins');
  });

  it('fails whole when a sheet cannot be fetched', async () => {
    await expect(
      pinSheets(made, index, {}, () => Promise.reject(new Error('offline'))),
    ).rejects.toThrow('offline');
  });
});
