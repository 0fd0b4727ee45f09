/** Grading runs a program that imports nothing in the light realm: its report must be the one that readers get. */
import { expect, test, type Page } from '@playwright/test';
import type { CheckReport, CheckRequest } from '../../src/runtime/protocol.ts';
import { startSandboxSite, type SandboxSite } from './sandbox-site.ts';

let site: SandboxSite;
test.beforeAll(async () => {
  site = await startSandboxSite({ grading: true });
});
test.afterAll(() => site.close());

const checks = `import { check, defineChecks, expectEqual, expectTrue } from 'heavy-weights/checks';
export default defineChecks([
  check('number', 'Two and one are three', async ({ call }) => {
    expectEqual(await call('answer', [2], 'number'), 3);
  }),
  check('array', 'Typed arrays come and go', async ({ call }) => {
    expectTrue((await call('answer', [new Float32Array([1, NaN, -0])])) !== undefined, 'It gave nothing.');
  }),
]);`;
const tensors = `import { check, defineChecks, expectEqual } from 'heavy-weights/checks';
export default defineChecks([
  check('tensor', 'A tensor has its next', async ({ call, tf }) => {
    const next = (await call('answer', [tf.tensor1d([1, 2])])) as { dataSync(): Float32Array };
    expectEqual([...next.dataSync()].join(), '2,3');
  }),
]);`;

/** The report of the sandbox that grades, and of one as readers have it; without the time. */
const both = (page: Page, code: string, given = checks): Promise<CheckReport[]> =>
  page.evaluate(
    async (request: CheckRequest) => {
      const whole = new window.Sandbox({ base: '/' });
      const reports: CheckReport[] = [];
      for (const sandbox of [window.sandbox, whole]) {
        reports.push({ ...(await sandbox.check(request, () => undefined).done), elapsedMs: 0 });
      }
      whole.dispose();
      return reports;
    },
    {
      ...{ exercise: 'test', entry: ['answer'], code, checks: given },
      ...{ mistakes: [], seed: 1, limitMs: 10_000 },
    },
  );

const cases: [name: string, code: string, passed: boolean, given?: string][] = [
  ['a right program', 'export const answer = (x: any) => (x.length ? x : x + 1);', true],
  ['a wrong one', 'export const answer = (x: any) => x;', false],
  ['chance', 'export const answer = (x: any) => x + Math.random();', false],
  ['an error of its own', 'export function answer(x: any) { return x.a.b; }', false],
  ['a name of the engine', 'export const answer = (x: any) => numerics.sum(x);', false],
  ['a syntax error', 'export const answer = (;', false],
  ['an import', "import { tf } from 'heavy-weights'; export const answer = (x: any) => x;", false],
  ['a tensor that comes in', 'export const answer = (x: any) => x.add(1);', true, tensors],
];
for (const [name, code, passed, given] of cases) {
  test(name, async ({ page }) => {
    await page.goto(site.url);
    const [light, whole] = await both(page, code, given);
    expect(light).toEqual(whole);
    expect(light!.passed, JSON.stringify(light)).toBe(passed);
  });
}
