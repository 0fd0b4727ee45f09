import { expect, test } from 'vitest';
import { runnerOf } from '../../../../src/instructor/grade/runner.ts';
import type { CheckReport, CheckRequest } from '../../../../src/runtime/protocol.ts';

const request = (code: string): CheckRequest => ({
  exercise: 'e',
  code,
  entry: [],
  checks: '',
  mistakes: [],
  seed: 1,
  limitMs: 100,
});
const report: CheckReport = { passed: false, results: [], seed: 1, elapsedMs: 0 };

/** A sandbox whose checks end when they are told to. */
function heldSandbox() {
  const begun: string[] = [];
  const stopped: string[] = [];
  const ends: (() => void)[] = [];
  return {
    begun,
    stopped,
    end: (): void => ends.shift()?.(),
    check: ({ code }: CheckRequest) => {
      begun.push(code);
      let end = (): void => undefined;
      const done = new Promise<CheckReport>((resolve) => {
        end = () => resolve(report);
      });
      ends.push(end);
      return {
        done,
        stop: () => {
          stopped.push(code);
          end();
        },
      };
    },
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

test('a second check waits for the first, which it would replace', async () => {
  const sandbox = heldSandbox();
  const run = runnerOf(sandbox);
  const reports = [run(request('a')), run(request('b'))];
  await turn();
  expect(sandbox.begun).toEqual(['a']);
  sandbox.end();
  await reports[0];
  await turn();
  expect(sandbox.begun).toEqual(['a', 'b']);
  sandbox.end();
  expect(await reports[1]).toBe(report);
});

test('the signal stops the check that runs, and one that waits is not begun', async () => {
  const sandbox = heldSandbox();
  const run = runnerOf(sandbox);
  const stop = new AbortController();
  const first = run(request('a'), stop.signal);
  const second = run(request('b'), stop.signal);
  await turn();
  stop.abort();
  await first;
  await expect(second).rejects.toMatchObject({ name: 'AbortError' });
  expect(sandbox.stopped).toEqual(['a']);
  expect(sandbox.begun).toEqual(['a']);
  // What failed is no hindrance to what comes next.
  const third = run(request('c'));
  await turn();
  sandbox.end();
  sandbox.end();
  expect(await third).toBe(report);
});
