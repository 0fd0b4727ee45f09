import { describe, expect, test } from 'vitest';
import { checkInProcess } from '../../../src/exercises/check-in-process.ts';
import { Refused, readReport } from '../../../src/runtime/validate.ts';
import { openBookSandbox } from '../../../src/build/book-sandbox.ts';
import type { CheckReport } from '../../../src/runtime/protocol.ts';
import * as kit from '../../../src/exercises/kit/index.ts';

const request = (body: string, code = 'export const size = (): number => 40;') => ({
  exercise: 'sizes',
  code,
  entry: ['size'],
  mistakes: [],
  seed: 1,
  limitMs: 5000,
  checks: `import { check, defineChecks, expectTrue, expectEqual } from 'heavy-weights/checks';
export default defineChecks([
  check('first', 'It is small', async ({ call, measure }) => { ${body} }),
  check('second', 'It is there', async ({ call }) => { expectEqual(typeof (await call('size', [])), 'number'); }),
]);`,
});
const measuring = (lines: string): Promise<CheckReport> => checkInProcess(request(lines));

describe('a check that measures', () => {
  test('gives the number with the report', async () => {
    const report = await measuring(
      `const bytes = await call('size', [], 'number'); measure('bytes', bytes); expectTrue(bytes < 50, 'too many');`,
    );
    expect(report).toMatchObject({ passed: true, measures: { bytes: 40 } });
  });

  test('gives it when it fails afterwards, and the last of several', async () => {
    const report = await measuring(
      `measure('bytes', 1); measure('bytes', 60); expectTrue(false, 'too many');`,
    );
    expect(report).toMatchObject({ passed: false, measures: { bytes: 60 } });
  });

  test('leaves the report as it was where nothing is measured', async () => {
    expect(await measuring(`expectTrue(true, '');`)).not.toHaveProperty('measures');
  });

  test.each([
    ['speed', '1'],
    ['__proto__', '1'],
    ['bytes', 'NaN'],
    ['bytes', 'Infinity'],
    ['bytes', '-1'],
    ['accuracy', '1.01'],
    ['macs', `'12'`],
    ['macs', 'undefined'],
  ])('is itself at fault for %s = %s', async (name, value) => {
    const report = await measuring(`measure('${name}', ${value}); expectTrue(true, '');`);
    expect(report.error).toMatchObject({ code: 'check-defect' });
    expect(report.passed).toBe(false);
    expect(report.measures).toBeUndefined();
  });
});

describe('measures that come out of a realm', () => {
  const report = {
    passed: true,
    results: [{ id: 'a', name: 'A', status: 'passed' }],
    seed: 1,
    elapsedMs: 2,
  };
  const hostile: unknown[] = [
    { speed: 1 },
    { bytes: NaN },
    { bytes: -0.5 },
    { bytes: '40' },
    { accuracy: 2 },
    { macs: Infinity },
    { bytes: { valueOf: 1 } },
    [40],
    'bytes',
    null,
    new Map([['bytes', 40]]),
    JSON.parse('{"__proto__": 1}'),
    JSON.parse('{"toString": 1}'),
  ];

  test('are taken if they are known and can be', () => {
    expect(
      readReport({ ...report, measures: { bytes: 40, accuracy: 1, macs: 0 } }).measures,
    ).toEqual({
      bytes: 40,
      accuracy: 1,
      macs: 0,
    });
    expect(readReport(report)).not.toHaveProperty('measures');
  });

  test.each(hostile.map((measures) => [measures]))('are refused whole: %j', (measures) => {
    expect(() => readReport({ ...report, measures })).toThrow(Refused);
  });

  test('are read once from what was given, and never from a getter', () => {
    let reads = 0;
    const measures = Object.defineProperty({}, 'bytes', {
      enumerable: true,
      get: () => (reads += 1),
    });
    expect(() => readReport({ ...report, measures })).toThrow(Refused);
    expect(reads).toBe(0);
  });
});

describe('the reader’s own code', () => {
  test('finds nothing in the kit that measures', () => {
    expect(Object.keys(kit)).not.toContain('measure');
  });

  test('cannot measure from its own realm', { timeout: 240_000 }, async () => {
    const sandbox = await openBookSandbox();
    try {
      const code = `import * as kit from 'heavy-weights/checks';
const found = Object.values(kit).filter((item) => typeof item === 'function');
export async function size() {
  // Its own check, with tools of its own, in its own realm.
  const own = kit.check('own', 'mine', async () => undefined);
  try { await own.run({ measure: () => undefined } as never); } catch {}
  (globalThis as Record<string, unknown>).measure = () => 1;
  return Object.assign(40 as unknown as object, { measures: { bytes: 1 } }) as unknown as number;
}
export const measures = { bytes: 1 };
console.log(found.length);`;
      const report = await sandbox.check(
        request(
          `const bytes = await call('size', [], 'number'); measure('bytes', bytes); expectTrue(bytes < 50, '');`,
          code,
        ),
      ).done;
      // A boxed 40 is no number, so nothing was measured; and never its own 1.
      expect(report.measures).toBeUndefined();
      expect(report.passed).toBe(false);
    } finally {
      await sandbox.dispose();
    }
  });
});
