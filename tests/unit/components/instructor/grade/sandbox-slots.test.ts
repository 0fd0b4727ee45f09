import { describe, expect, it } from 'vitest';
import {
  likelyJobs,
  SandboxSlots,
  type SlotSandbox,
} from '../../../../../src/components/Instructor/Grade/sandbox-slots.ts';
import type { CheckReport, CheckRequest } from '../../../../../src/runtime/protocol.ts';

const request = (exercise: string): CheckRequest => ({
  exercise,
  code: '',
  entry: [],
  checks: '',
  mistakes: [],
  seed: 1,
  limitMs: 1,
});
const report: CheckReport = { passed: false, results: [], seed: 1, elapsedMs: 1 };

class Fake implements SlotSandbox {
  disposed = false;
  ran: string[] = [];
  check({ exercise }: CheckRequest) {
    this.ran.push(exercise);
    return { done: Promise.resolve(report), stop: () => undefined };
  }
  dispose(): void {
    this.disposed = true;
  }
}

const setUp = (): { slots: SandboxSlots; made: Fake[] } => {
  const made: Fake[] = [];
  const slots = new SandboxSlots(async () => {
    made.push(new Fake());
    return made.at(-1)!;
  });
  return { slots, made };
};

describe('the sandboxes of grading', () => {
  it('are made when they are needed, one for each slot', async () => {
    const { slots, made } = setUp();
    expect(made).toHaveLength(0);
    await Promise.all([
      slots.runner(0)(request('a')),
      slots.runner(0)(request('b')),
      slots.runner(1)(request('c')),
    ]);
    expect(made.map(({ ran }) => ran)).toEqual([['a', 'b'], ['c']]);
  });

  it('go, and come back with the next check', async () => {
    const { slots, made } = setUp();
    const runner = slots.runner(0);
    await runner(request('a'));
    slots.dispose();
    await Promise.resolve();
    expect(made[0]?.disposed).toBe(true);
    await runner(request('b'));
    expect(made[1]?.ran).toEqual(['b']);
  });

  it('are tried again after one could not be made', async () => {
    let tries = 0;
    const slots = new SandboxSlots(async () => {
      tries += 1;
      if (tries === 1) throw new Error('offline');
      return new Fake();
    });
    await expect(slots.runner(0)(request('a'))).rejects.toThrow('offline');
    expect(await slots.runner(0)(request('a'))).toEqual(report);
  });

  it('are as many as the machine bears', () => {
    expect([likelyJobs(1), likelyJobs(2), likelyJobs(64), likelyJobs(0), likelyJobs()]).toEqual([
      1, 2, 4, 1, 2,
    ]);
  });
});
