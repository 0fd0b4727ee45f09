/** The one thing that a realm can tell the page about the reader’s case. */
import { describe, expect, test } from 'vitest';
import { drawDeed, SABOTAGES } from '../../../src/crime/index.ts';
import { Kernel } from '../../../src/runtime/kernel.ts';
import { RunProcess } from '../../../src/runtime/run-process.ts';
import { Refused, readMessage } from '../../../src/runtime/validate.ts';
import type { RunEvent } from '../../../src/runtime/protocol.ts';
import type { WorkerLink } from '../../../src/runtime/worker-link.ts';

/** What a run tells its page when the worker says `sabotage` of it. */
async function heard(caseNumber: number | undefined, sabotage: unknown, run = 1) {
  const link: WorkerLink = {
    onMessage: () => undefined,
    onEnd: () => undefined,
    send: () => undefined,
    resetQuota: () => undefined,
    terminate: () => undefined,
    connectTo: () => undefined,
  };
  const kernel = new Kernel(link);
  const events: RunEvent[] = [];
  const request = { cell: 'x', section: 'x', code: '', seed: 1, caseNumber, limitMs: 1_000 };
  const process = new RunProcess(1, request, kernel, undefined, (event) => void events.push(event));
  link.onMessage({ type: 'ready', backend: 'cpu' });
  await kernel.ready;
  link.onMessage({ type: 'verdict', run, sabotage });
  link.onMessage({ type: 'done', run: 1 });
  await process.done;
  return events.filter(({ type }) => type === 'verdict');
}

describe('a verdict', () => {
  test('is passed on with the number of its case', async () => {
    const { sabotage } = drawDeed(7);
    expect(await heard(7, sabotage)).toEqual([{ type: 'verdict', caseNumber: 7, sabotage }]);
  });

  test('is believed of nothing else than what was done', async () => {
    const { sabotage } = drawDeed(7);
    for (const other of SABOTAGES) {
      if (other !== sabotage) expect(await heard(7, other)).toEqual([]);
    }
  });

  test('is not heard in a run without a case, or of another run', async () => {
    const { sabotage } = drawDeed(7);
    expect(await heard(undefined, sabotage)).toEqual([]);
    expect(await heard(7, sabotage, 2)).toEqual([]);
  });

  test('is refused if it names no deed', () => {
    expect(readMessage({ type: 'verdict', run: 1, sabotage: 'stale-mask', more: 1 })).toEqual({
      type: 'verdict',
      run: 1,
      sabotage: 'stale-mask',
    });
    for (const sabotage of [
      'arson',
      undefined,
      3,
      ['stale-mask'],
      { toString: () => 'stale-mask' },
    ])
      expect(() => readMessage({ type: 'verdict', run: 1, sabotage })).toThrow(Refused);
  });
});
