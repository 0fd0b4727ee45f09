/** The light realm of grading: which programs it takes, when the whole one must judge instead, and the calls' short way. */
import { describe, expect, test, vi } from 'vitest';
import { CallRelay } from '../../../src/runtime/call-relay.ts';
import { caps } from '../../../src/runtime/caps.ts';
import { lightCheck } from '../../../src/runtime/light-check.ts';
import {
  isSelfContained,
  mustRunWhole,
  needsWholeRealm,
} from '../../../src/runtime/light-realm.ts';
import type { CheckReport } from '../../../src/runtime/protocol.ts';
import type { ToRealm } from '../../../src/runtime/wire.ts';

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

describe('CallRelay', () => {
  const open = () => {
    const judge: ToRealm[] = [];
    const submission: ToRealm[] = [];
    const relay = new CallRelay(7, {
      toJudge: (message) => judge.push(message),
      toSubmission: (message) => submission.push(message),
    });
    return { relay, judge, submission };
  };
  const call = (number: number, run = 7) => ({
    type: 'call',
    run,
    call: number,
    name: 'f',
    args: [1],
  });
  const returned = (number: number, value: unknown = 2, run = 7) => ({
    type: 'returned',
    run,
    call: number,
    result: { ok: true, value },
  });

  test('carries a call and its answer', () => {
    const { relay, judge, submission } = open();
    expect(relay.fromJudge(call(1))).toBe(true);
    expect(submission).toEqual([call(1)]);
    expect(relay.doing).toBe('f');
    expect(relay.fromSubmission(returned(1))).toBe(true);
    expect(judge).toEqual([{ ...returned(1), type: 'call-result' }]);
    expect(relay.doing).toBeUndefined();
  });

  test('an answer that nobody asked for, or a second one, goes nowhere', () => {
    const { relay, judge } = open();
    relay.fromJudge(call(1));
    for (const number of [2, 1, 1]) expect(relay.fromSubmission(returned(number))).toBe(true);
    expect(judge).toHaveLength(1);
  });

  test('leaves to the page what is of another run, cannot be read, or is no call', () => {
    const { relay, judge, submission } = open();
    relay.fromJudge(call(1));
    expect(relay.fromJudge(call(2, 8))).toBe(false);
    expect(relay.fromSubmission(returned(1, 2, 8))).toBe(false);
    expect(relay.fromSubmission(returned(1, { kind: 'verdict', passed: true }))).toBe(false);
    expect(relay.fromSubmission({ type: 'done', run: 7, value: { passed: true } })).toBe(false);
    expect(relay.fromSubmission(call(3))).toBe(false);
    expect(relay.fromJudge(null)).toBe(false);
    expect([judge.length, submission.length]).toEqual([0, 1]);
  });

  test('leaves the call beyond the cap to the page', () => {
    const { relay } = open();
    for (let number = 1; number <= caps.calls; number++) {
      expect(relay.fromJudge(call(number))).toBe(true);
      relay.fromSubmission(returned(number));
    }
    expect(relay.fromJudge(call(caps.calls + 1))).toBe(false);
  });

  test('once ended, answers what waits and takes nothing more', () => {
    const { relay, judge } = open();
    relay.fromJudge(call(1));
    const error = { code: 'time-limit', explain: 'Too long.' };
    relay.end(error);
    expect(judge).toEqual([{ type: 'call-result', run: 7, call: 1, result: { ok: false, error } }]);
    expect(relay.fromJudge(call(2))).toBe(false);
    expect(relay.fromSubmission(returned(1))).toBe(false);
  });
});
