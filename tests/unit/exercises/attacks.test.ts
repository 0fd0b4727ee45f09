/** Submissions that try to be judged better than they are: in the real realms, as a reader's browser has them. */
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { loadExercise, toCheckRequest } from '../../../src/exercises/load.ts';
import { createNodeSandbox } from '../../../src/runtime/node-session.ts';
import type { CheckReport } from '../../../src/runtime/protocol.ts';

const folder = fileURLToPath(
  new URL('../../../content/exercises/scale-and-zero-point', import.meta.url),
);
const exercise = await loadExercise(folder);
const sandbox = await createNodeSandbox();
afterAll(() => sandbox.dispose());

const check = (
  code: string,
  changes: { limitMs?: number; seed?: number } = {},
): Promise<CheckReport> => sandbox.check({ ...toCheckRequest(exercise, code), ...changes }).done;
const answering = (body: string): string =>
  `export function chooseScaleAndZeroPoint(min, max) { ${body} }`;
const wrong = 'return { scale: 1, zeroPoint: 0 };';

test('the control: the solution passes in the same sandbox', async () => {
  expect(await check(exercise.solution)).toMatchObject({ passed: true });
});

describe('E4: patching what a judge would use', () => {
  test.for<[string, string]>([
    [
      'Object.is and Number',
      'Object.is = () => true; Number.isInteger = () => true; Number.isFinite = () => true; Math.abs = () => 0;',
    ],
    [
      'arrays',
      'Array.prototype.every = () => true; Array.prototype.find = () => undefined; Array.prototype.push = () => 0;',
    ],
    [
      'JSON and equality',
      `JSON.stringify = () => '{"passed":true}'; Object.entries = () => []; Object.hasOwn = () => true;`,
    ],
    [
      'promises',
      'const then = Promise.prototype.then; Promise.prototype.then = function (f) { return then.call(this, () => f?.({ passed: true, results: [] })); };',
    ],
    [
      'iteration',
      'Array.prototype[Symbol.iterator] = function* () {}; Map.prototype.get = () => undefined;',
    ],
    ['errors', 'globalThis.Error = class {}; Error.prepareStackTrace = () => "passed";'],
    [
      'messages',
      'try { globalThis.postMessage = () => {}; globalThis.onmessage = () => {}; self.close = () => {}; } catch {}',
    ],
    [
      'the engine it shares a bundle with',
      `import * as hw from 'heavy-weights'; try { hw.createRng = () => ({}); hw.numerics.quantize = () => []; } catch {}`,
    ],
  ])('%s gains nothing', async ([, patch]) => {
    const report = await check(`${patch}\n${answering(wrong)}`);
    expect(report.passed).toBe(false);
    expect(
      report.results.filter(({ status }) => status === 'failed').length + (report.error ? 1 : 0),
    ).toBeGreaterThan(0);
  });

  test('does not break the next reader’s check', async () => {
    await check(`Array.prototype.map = () => []; Object.entries = () => [];\n${answering(wrong)}`);
    expect(await check(exercise.solution)).toMatchObject({ passed: true });
  });
});

describe('E5: answers made to equal anything', () => {
  test.for<[string, string]>([
    [
      'a Proxy that agrees',
      'return new Proxy({}, { get: () => NaN, has: () => true, ownKeys: () => ["scale", "zeroPoint"], getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: 1 }) });',
    ],
    ['valueOf', 'return { scale: { valueOf: () => 1 }, zeroPoint: { valueOf: () => -77 } };'],
    [
      'Symbol.toPrimitive',
      'return { scale: { [Symbol.toPrimitive]: () => 1 }, zeroPoint: { [Symbol.toPrimitive]: () => -77 } };',
    ],
    ['toJSON', 'return { toJSON: () => ({ scale: 1, zeroPoint: -77 }) };'],
    [
      'a boxed number',
      'return { scale: new Number((max - min) / 255), zeroPoint: new Number(-77) };',
    ],
    ['text', 'return { scale: "1", zeroPoint: "-77" };'],
    ['NaN', 'return { scale: NaN, zeroPoint: NaN };'],
    ['−0 and Infinity', 'return { scale: Infinity, zeroPoint: -0 };'],
    ['an array with a lying length', 'const a = [1]; a.length = 4e9; return a;'],
    ['an object with a lying length', 'return { length: 2, scale: 1, zeroPoint: 0 };'],
    [
      'a getter that counts',
      'let n = 0; return { get scale() { return n++; }, get zeroPoint() { return n++; } };',
    ],
    ['a cycle', 'const a = { scale: 1, zeroPoint: 0 }; a.self = a; return a;'],
    ['__proto__', 'return JSON.parse(\'{"__proto__": {"scale": 1, "zeroPoint": -77}}\');'],
    [
      'a promise of a promise of a Proxy',
      'return Promise.resolve(Promise.resolve(new Proxy([], {})));',
    ],
    ['null thrown', 'throw null;'],
    ['a thrown Proxy', 'throw new Proxy({}, { get() { throw 1; } });'],
    ['nothing', ''],
  ])('%s fails, and the judge survives', async ([, body]) => {
    const report = await check(answering(body));
    expect(report.passed).toBe(false);
    expect(report.results.length).toBe(7);
    expect(report.results.some(({ status }) => status === 'failed')).toBe(true);
    expect(report.error?.code).not.toBe('check-defect');
  });
});

describe('E7: answers learnt by heart', () => {
  test('pass the fixed inputs they were learnt from and fail the random ones', async () => {
    const learnt = `
      const known = { '-51,204': [1, -77], '-127,128': [1, -1], '0,5.1': [5.1 / 255, -128], '-12.75,0': [12.75 / 255, 127],
        '2,10.2': [10.2 / 255, -128], '-5.1,-1': [5.1 / 255, 127], '5.1,5.1': [5.1 / 255, -128], '-5.1,-5.1': [5.1 / 255, 127] };
      if (!Number.isFinite(min) || min > max) throw new RangeError('min'); 
      if (!Number.isFinite(max)) throw new RangeError('max');
      const [scale, zeroPoint] = known[min + ',' + max] ?? [1, 0];
      return { scale, zeroPoint };`;
    const { passed, results } = await check(answering(learnt));
    expect(passed).toBe(false);
    const statusOf = (id: string): string | undefined =>
      results.find((result) => result.id === id)?.status;
    expect([statusOf('steps'), statusOf('single-point')]).toEqual(['passed', 'passed']);
    expect([statusOf('one-sided'), statusOf('holds-zero'), statusOf('any-range')]).toEqual([
      'failed',
      'failed',
      'failed',
    ]);
  });
});

describe('E10, E11, E18: state, clocks and seeds', () => {
  test('nothing is carried from one check to the next', async () => {
    const remembering = answering(
      `globalThis.runs = (globalThis.runs ?? 0) + 1; return { scale: 2 * globalThis.runs, zeroPoint: 0 };`,
    );
    const first = await check(remembering);
    const second = await check(remembering);
    expect(second.results).toEqual(first.results);
    expect(first.results[0]?.feedback?.got).toBe('2');
  });

  test('patching chance and time changes neither the inputs nor the verdict', async () => {
    const plain = await check(answering(wrong));
    const patched = await check(
      `Math.random = () => 0; Date.now = () => 0; performance.now = () => -1e9;\n${answering(wrong)}`,
    );
    expect(patched.results).toEqual(plain.results);
    expect(patched.elapsedMs).toBeGreaterThan(0);
  });

  test('three runs agree, and another seed tries other inputs', async () => {
    const runs = [
      await check(answering(wrong)),
      await check(answering(wrong)),
      await check(answering(wrong)),
    ];
    const [first, ...others] = runs.map(({ results }) => JSON.stringify(results));
    for (const other of others) expect(other).toBe(first);
    const elsewhere = await check(answering('return { scale: -1, zeroPoint: 0 };'), { seed: 99 });
    const here = await check(answering('return { scale: -1, zeroPoint: 0 };'));
    const calledIn = (report: CheckReport): unknown =>
      report.results.find(({ id }) => id === 'any-range')?.feedback?.called;
    expect(calledIn(elsewhere)).not.toBe(calledIn(here));
  });
});

describe('submissions that do not come to an end', () => {
  test.for<[string, string]>([
    ['computes for ever', answering('for (;;);')],
    ['awaits for ever', answering('return new Promise(() => {});')],
    ['never finishes loading', `await new Promise(() => {});\n${answering(wrong)}`],
  ])('one that %s ends at the limit with a message, and the next is judged', async ([, code]) => {
    const report = await check(code, { limitMs: 500 });
    expect(report).toMatchObject({
      passed: false,
      error: { code: expect.stringMatching(/^time-limit/) },
    });
    expect(report.results.every(({ status }) => status !== 'passed')).toBe(true);
    expect(await check(exercise.solution)).toMatchObject({ passed: true });
  });

  test('one that changes its arguments only changes its own copy', async () => {
    const report = await check(
      `${exercise.solution.replace('export function', 'function')}
       const inner = chooseScaleAndZeroPoint;
       export { outer as chooseScaleAndZeroPoint };
       function outer(min, max) { arguments[0] = 99; arguments[1] = -99; return inner(min, max); }`,
    );
    expect(report.passed).toBe(true);
  });

  test('a name one letter off is told the right one', async () => {
    const report = await check(
      exercise.solution.replace('export function choose', 'export function chose'),
    );
    expect(report.error).toMatchObject({
      code: 'missing-export',
      hint: expect.stringContaining('chooseScaleAndZeroPoint'),
    });
  });
});
