/** The light realm of grading: which programs it takes, and when the whole one must judge instead. */
import { describe, expect, test, vi } from 'vitest';
import { lightCheck } from '../../../src/runtime/light-check.ts';
import {
  isSelfContained,
  mustRunWhole,
  needsWholeRealm,
} from '../../../src/runtime/light-realm.ts';
import type { CheckReport } from '../../../src/runtime/protocol.ts';

const report = (changes: Partial<CheckReport> = {}): CheckReport => ({
  passed: true,
  results: [{ id: 'a', name: 'A', status: 'passed' }],
  seed: 1,
  elapsedMs: 1,
  ...changes,
});
const failing = (code: string): CheckReport =>
  report({
    passed: false,
    results: [
      {
        id: 'a',
        name: 'A',
        status: 'failed',
        feedback: { message: 'It threw.', error: { code, explain: 'Why.' } },
      },
    ],
  });

test.each([
  ['export const f = 1;', true],
  ["import { tf } from 'x';", false],
  ["const f = await import('x');", false],
  ['const important = 1;', true],
])('%s', (code, contained) => {
  expect(isSelfContained(code)).toBe(contained);
});

describe('the whole realm', () => {
  test.each([needsWholeRealm, 'not-defined'])('judges again after %s', async (code) => {
    expect(mustRunWhole(failing(code))).toBe(true);
    const whole = report();
    const start = vi.fn(() => ({ done: Promise.resolve(whole), stop: vi.fn() }));
    const first = { done: Promise.resolve(failing(code)), stop: vi.fn() };
    expect(await lightCheck(first, start).done).toBe(whole);
  });

  test('is not started for a right program, nor for one that is wrong by itself, nor once stopped', async () => {
    const start = vi.fn();
    for (const each of [report(), failing('error'), report({ passed: false, results: [] })]) {
      expect(await lightCheck({ done: Promise.resolve(each), stop: vi.fn() }, start).done).toBe(
        each,
      );
    }
    const stop = vi.fn();
    const stopped = lightCheck({ done: Promise.resolve(failing('not-defined')), stop }, start);
    stopped.stop();
    await stopped.done;
    expect(stop).toHaveBeenCalledOnce();
    expect(start).not.toHaveBeenCalled();
  });
});
