/** The sandbox in a browser: every kind of ending, what stays alive after it, and how long things take. */
import { expect, test } from '@playwright/test';
import { check, run } from './sandbox-driver.ts';
import { startSandboxSite } from './sandbox-site.ts';
import type { SandboxSite } from './sandbox-site.ts';

let site: SandboxSite;

test.beforeAll(async () => {
  site = await startSandboxSite({ base: '/a/sub-path/' });
});
test.afterAll(() => site.close());
test.beforeEach(async ({ page }) => {
  await page.goto(site.url);
});

const checks = `import { check, defineChecks, expectEqual } from 'heavy-weights/checks';
export default defineChecks([
  check('small', 'adds one', async ({ call }) => { expectEqual(await call('answer', [2]), 3); }),
  check('large', 'adds one to more', async ({ call }) => { expectEqual(await call('answer', [200]), 201); }),
]);`;

test('a cell runs on the wasm backend, below a sub-path, and shares with the next', async ({
  page,
}) => {
  const first = await run(
    page,
    "import * as tf from '@tensorflow/tfjs';\nlet total: number = 1;\nconsole.log(tf.getBackend());\ntf.tensor([1, 2]).add(total)",
  );
  expect(first.outcome).toMatchObject({ status: 'finished', sectionLost: false });
  expect(first.text).toBe('wasm\nTensor float32 [2] [2, 3]');
  expect((await run(page, 'total += 41;\ntf.scalar(total)')).text).toBe('Tensor float32 [] 42');
});

test('a run repeats for its seed', async ({ page }) => {
  const code =
    "import * as tf from '@tensorflow/tfjs';\nconsole.log(Math.random(), tf.randomUniform([2]))";
  const first = await run(page, code, { seed: 7 });
  expect((await run(page, code, { seed: 7 })).text).toBe(first.text);
  expect((await run(page, code, { seed: 8 })).text).not.toBe(first.text);
});

test.describe('bad input ends in a clear message at the right place', () => {
  const cases: [name: string, code: string, expected: Record<string, unknown>][] = [
    [
      'syntax error',
      'const ok = 1;\nconst a = [1, 2;',
      { code: 'syntax-error', location: { line: 2, column: 16 } },
    ],
    [
      'type error',
      'const a: any = undefined;\n\n  a.shape;',
      { code: 'undefined-value', location: { line: 3, column: 5 } },
    ],
    [
      'infinite recursion',
      '\nconst f = (x: number): number => 1 + f(x);\nf(1);',
      { code: 'endless-recursion', location: { line: 2 } },
    ],
    [
      '2 GB',
      '\nconst a = new Float64Array(2 ** 28);\na.fill(1);',
      { code: 'out-of-memory', location: { line: 2 } },
    ],
    ['a thrown non-error', "throw 'oh';", { code: 'thrown-value' }],
    [
      'a thrown proxy',
      'throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 1; } });',
      { code: 'thrown-value' },
    ],
    [
      'a wrong export name',
      "import { numerics } from 'heavy-weights';\nnumerics.quantise([1]);",
      { hint: 'Did you mean `numerics.quantize`?', location: { line: 2 } },
    ],
    [
      'a wrong import',
      "import { numeric } from 'heavy-weights';\nnumeric;",
      { code: 'unknown-export', location: { line: 1 } },
    ],
    [
      'an error after an await',
      'async function go(): Promise<void> {\n  await null;\n  throw new Error("late");\n}\nawait go();',
      { explain: 'late', location: { line: 3 } },
    ],
    [
      'an unknown file',
      "import { openModel } from 'heavy-weights/book';\nawait openModel('nothing');",
      { location: { line: 2 } },
    ],
  ];
  for (const [name, code, expected] of cases) {
    test(name, async ({ page }) => {
      const { outcome } = await run(page, code);
      expect(outcome.status).toBe('error');
      expect(outcome.error).toMatchObject(expected);
      expect((await run(page, '1 + 1')).text).toBe('2');
    });
  }

  test('an endless loop; the next cell starts within 0.3 s', async ({ page }) => {
    await run(page, '1');
    const { outcome, text } = await run(
      page,
      "console.log('in');\nconsole.log('still in');\nwhile (true) {}",
      { limitMs: 1_500 },
    );
    expect(outcome).toMatchObject({
      status: 'limit',
      sectionLost: true,
      error: { code: 'time-limit' },
    });
    expect(text).toBe('in\nstill in');
    const next = await run(page, '1 + 1');
    expect(next.text).toBe('2');
    // Of three, because other work on the machine delays one.
    const times = [next.ms];
    while (Math.min(...times) >= 300 && times.length < 3) {
      await run(page, 'while (true) {}', { limitMs: 1_500 });
      times.push((await run(page, '1 + 1')).ms);
    }
    expect(Math.min(...times)).toBeLessThan(300);
  });

  test('a promise that never settles', async ({ page }) => {
    const { outcome } = await run(page, 'await new Promise(() => {});', { limitMs: 500 });
    expect(outcome).toMatchObject({ status: 'limit', error: { code: 'time-limit-waiting' } });
  });

  test('100,000 lines', async ({ page }) => {
    const { outcome, outputs } = await run(
      page,
      'for (let i = 0; i < 100_000; i++) console.log(i);',
    );
    expect(outcome.status).toBe('finished');
    expect(outputs).toHaveLength(1_001);
    expect(outputs.at(-1)).toMatchObject({ text: '… 99,000 more lines left out' });
  });

  test('errors that nothing awaited, with their line', async ({ page }) => {
    const { text } = await run(page, "\nvoid Promise.reject(new Error('lost'))");
    expect(text).toBe('An error that nothing awaited (line 2): lost');
  });
});

test('Stop ends a busy run and the page goes on', async ({ page }) => {
  await run(page, '1');
  const outcome = await page.evaluate(async () => {
    const running = window.sandbox.run(
      { cell: 'c', section: 's', code: 'while (true) {}', seed: 1, limitMs: 60_000 },
      () => undefined,
    );
    setTimeout(() => running.stop(), 300);
    return running.done;
  });
  expect(outcome).toMatchObject({ status: 'stopped', sectionLost: true });
  expect((await run(page, '1 + 1')).text).toBe('2');
});

test('a newer run takes over, and no output mixes', async ({ page }) => {
  const result = await page.evaluate(async () => {
    const seen: string[] = [];
    const start = (who: string) =>
      window.sandbox.run(
        {
          cell: 'c',
          section: 's',
          code: `for (;;) { console.log('${who}'); await new Promise((r) => setTimeout(r, 5)); }`,
          seed: 1,
          limitMs: 700,
        },
        (event) => {
          if (event.type === 'output' && event.item.kind === 'console')
            seen.push(`${who} ${event.item.text}`);
        },
      );
    const first = start('a');
    await first.done;
    const again = start('b');
    const last = start('c');
    const outcomes = [await first.done, await again.done, await last.done].map(
      ({ status }) => status,
    );
    return { outcomes, kinds: [...new Set(seen)].sort() };
  });
  expect(result).toEqual({ outcomes: ['limit', 'stopped', 'limit'], kinds: ['a a', 'c c'] });
});

test('the frame gone, a new one takes its place', async ({ page }) => {
  test.setTimeout(60_000);
  await run(page, '1');
  // As if its process had died: the element stays, nothing answers.
  const outcome = await page.evaluate(async () => {
    const running = window.sandbox.run(
      { cell: 'c', section: 's', code: 'await new Promise(() => {})', seed: 1, limitMs: 60_000 },
      () => undefined,
    );
    setTimeout(() => {
      const frame = document.querySelector('iframe')!;
      frame.removeAttribute('src');
      frame.src = 'about:blank';
    }, 500);
    return running.done;
  });
  expect(outcome).toMatchObject({ status: 'died', error: { code: 'ended-early' } });
  expect((await run(page, '1 + 1')).text).toBe('2');
  expect(await page.locator('iframe').count()).toBe(1);
});

test.describe('a check', () => {
  test('judges by what the submission returns', async ({ page }) => {
    expect(
      await check(page, { code: 'export const answer = (x: number): number => x + 1;', checks }),
    ).toMatchObject({
      passed: true,
      results: [
        { id: 'small', status: 'passed' },
        { id: 'large', status: 'passed' },
      ],
    });
    const wrong = await check(page, {
      code: 'export const answer = (x: number): number => Math.min(x + 1, 127);',
      checks,
    });
    expect(wrong).toMatchObject({
      passed: false,
      results: [
        { status: 'passed' },
        { status: 'failed', feedback: { got: '127', expected: '201' } },
      ],
    });
  });

  test('an endless loop names the function and the next check works', async ({ page }) => {
    const report = await check(page, {
      code: 'export function answer(): number { while (true) {} }',
      checks,
      limitMs: 700,
    });
    expect(report).toMatchObject({
      passed: false,
      error: { code: 'time-limit', explain: expect.stringContaining('`answer`') },
    });
    expect(
      (await check(page, { code: 'export const answer = (x: number): number => x + 1;', checks }))
        .passed,
    ).toBe(true);
  });
});

test('nothing is loaded before it is wanted, and dispose leaves nothing', async ({ page }) => {
  const before = site.requests.length;
  await page.waitForTimeout(300);
  expect(site.requests.slice(before).filter(({ path }) => path.includes('sandbox'))).toEqual([]);
  expect(await page.locator('iframe').count()).toBe(0);
  await run(page, '1');
  expect(await page.locator('iframe').count()).toBe(1);
  await page.evaluate(() => window.sandbox.dispose());
  expect(await page.locator('iframe').count()).toBe(0);
});

test('without a connection the run says so, and works once there is one', async ({ page }) => {
  await page.route('**/sandbox/*.wasm', (route) => route.abort());
  const { outcome } = await run(page, '1');
  expect(outcome.status).toBe('died');
  expect(outcome.error?.elaborate).toContain('There is no connection');
  await page.unroute('**/sandbox/*.wasm');
  expect((await run(page, '1 + 1')).text).toBe('2');
});
