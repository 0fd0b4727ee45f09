/** LiteRT in a browser: from where it comes, that it runs and measures, and every way in which it ends. */
import { expect, test, type Page } from '@playwright/test';
import { startLiteRtSite, type LiteRtSite } from '../../scripts/agreement/site.ts';
import { readTflite } from '../../src/engine/tflite/read-tflite.ts';
import { writeTflite } from '../../src/engine/tflite/write-tflite.ts';
import type { Graph } from '../../src/engine/graph/graph.ts';
import type { LiteRtManifest } from '../../src/litert/litert-manifest.ts';

test.describe.configure({ timeout: 180_000 });

let site: LiteRtSite;
let manifest: LiteRtManifest;

let untouched: Map<string, Uint8Array>;

test.beforeAll(async () => {
  site = await startLiteRtSite();
  site.files.set('model.tflite', dense(4));
  manifest = JSON.parse(
    new TextDecoder().decode(site.files.get('litert/manifest.json')),
  ) as LiteRtManifest;
  untouched = new Map(site.files);
});
test.afterAll(() => site.close());
test.beforeEach(async ({ page }) => {
  for (const path of site.files.keys()) site.files.delete(path);
  for (const [path, contents] of untouched) site.files.set(path, contents);
  site.requests.length = 0;
  await page.goto(site.url);
});

/** y = relu(w·x + b) of 3 inputs: w_ij = i − j, b_i = i; of [1, 0, 2] that is 4i − 4. */
function dense(units: number): Uint8Array {
  const weights = Float32Array.from({ length: units * 3 }, (_, i) => Math.floor(i / 3) - (i % 3));
  const graph: Graph = {
    name: 'dense',
    tensors: [
      { name: 'x', shape: [1, 3], type: 'float32' },
      { name: 'w', shape: [units, 3], type: 'float32', data: weights },
      {
        name: 'b',
        shape: [units],
        type: 'float32',
        data: Float32Array.from({ length: units }, (_, i) => i),
      },
      { name: 'y', shape: [1, units], type: 'float32' },
    ],
    operators: [
      {
        code: 'FULLY_CONNECTED',
        options: { activation: 'RELU', keepNumDims: false },
        inputs: [0, 1, 2],
        output: 3,
      },
    ],
    inputs: [0],
    outputs: [3],
  };
  return writeTflite(graph);
}

/** Gives a tensor of the model other sizes. */
const reshaped = (bytes: Uint8Array, sizes: Record<string, number[]>): Uint8Array => {
  const graph = readTflite(bytes);
  return writeTflite({
    ...graph,
    tensors: graph.tensors.map((tensor) => ({
      ...tensor,
      shape: sizes[tensor.name] ?? tensor.shape,
    })),
  });
};

const run = (page: Page, input: number[], file = 'model.tflite') =>
  page.evaluate(
    async ({ input, file }) => {
      const model = new Uint8Array(await (await fetch(file)).arrayBuffer());
      const liteRt = await window.agreement.liteRt();
      const result = await liteRt.run(model, [Float32Array.from(input)]);
      return { ...result, outputs: result.outputs.map((output) => [...output]) };
    },
    { input, file },
  );

const openingFails = (page: Page) =>
  page.evaluate(() => window.agreement.failure(window.agreement.liteRt()));

test('comes from the own site and nowhere else, once, with progress', async ({ page }) => {
  const elsewhere: string[] = [];
  page.context().on('request', (request) => {
    if (!request.url().startsWith(new URL('.', site.url).href)) elsewhere.push(request.url());
  });
  const result = await run(page, [1, 0, 2]);
  expect(result.outputs).toEqual([[0, 0, 4, 8]]);
  expect(result.details).toEqual([{ name: 'y', shape: [1, 4], dtype: 'float32' }]);
  await run(page, [1, 0, 0]);
  expect(elsewhere).toEqual([]);
  const ofLiteRt = site.requests.filter((path) => path.includes('/litert/'));
  expect(ofLiteRt.map((path) => path.replace(/^\/a\/sub-path\//, '')).sort()).toEqual(
    [
      'litert/manifest.json',
      manifest.worker,
      manifest.relaxedSimd.loader,
      manifest.relaxedSimd.wasm,
    ].sort(),
  );
  const { progress, info } = await page.evaluate(async () => ({
    progress: window.agreement.progress,
    info: (await window.agreement.liteRt()).info,
  }));
  expect(progress.length).toBeGreaterThan(2);
  expect(progress.at(-1)).toEqual([manifest.relaxedSimd.bytes, manifest.relaxedSimd.bytes]);
  expect(progress.every(([loaded], i) => i === 0 || loaded > progress[i - 1]![0])).toBe(true);
  expect(info).toEqual({ version: manifest.version, relaxedSimd: true, threads: 1 });
});

test('the build for browsers without relaxed SIMD runs too', async ({ page }) => {
  site.files.set(
    'litert/manifest.json',
    new TextEncoder().encode(JSON.stringify({ ...manifest, relaxedSimd: manifest.plain })),
  );
  expect((await run(page, [1, 0, 2])).outputs).toEqual([[0, 0, 4, 8]]);
  expect(site.requests.some((path) => path.endsWith(manifest.plain.wasm))).toBe(true);
});

test('one model is kept, and replaced when other bytes come', async ({ page }) => {
  site.files.set('other.tflite', dense(2));
  expect((await run(page, [1, 0, 2])).outputs).toEqual([[0, 0, 4, 8]]);
  expect((await run(page, [0, 0, 0])).outputs).toEqual([[0, 1, 2, 3]]);
  expect((await run(page, [0, 0, 0], 'other.tflite')).outputs).toEqual([[0, 1]]);
  expect((await run(page, [0, 0, 0])).outputs).toEqual([[0, 1, 2, 3]]);
  // All at once, in order.
  const both = await page.evaluate(async () => {
    const [a, b] = await Promise.all(
      ['model.tflite', 'other.tflite'].map(
        async (file) => new Uint8Array(await (await fetch(file)).arrayBuffer()),
      ),
    );
    const liteRt = await window.agreement.liteRt();
    const x = [new Float32Array(3)];
    const runs = await Promise.all([a!, b!, a!, a!, b!].map((bytes) => liteRt.run(bytes, x)));
    return runs.map(({ outputs }) => outputs[0]!.length);
  });
  expect(both).toEqual([4, 2, 4, 4, 2]);
});

test('a model changed in place is another model', async ({ page }) => {
  const outputs = await page.evaluate(async () => {
    const model = new Uint8Array(await (await fetch('model.tflite')).arrayBuffer());
    const liteRt = await window.agreement.liteRt();
    const x = [new Float32Array(3)];
    const before = [...(await liteRt.run(model, x)).outputs[0]!];
    const bias = Float32Array.of(0, 1, 2, 3);
    const pattern = new Uint8Array(bias.buffer).toString();
    let at = 0;
    while (model.subarray(at, at + 16).toString() !== pattern) at++;
    model.set(new Uint8Array(Float32Array.of(9, 8, 7, 6).buffer), at);
    return [before, [...(await liteRt.run(model, x)).outputs[0]!]];
  });
  expect(outputs).toEqual([
    [0, 1, 2, 3],
    [9, 8, 7, 6],
  ]);
});

test('memory is given back: by runs, by models, and by models that are refused', async ({
  page,
}) => {
  const large = dense(200_000);
  site.files.set('large.tflite', large);
  site.files.set('refused.tflite', reshaped(large, { x: [-1, 3], y: [-1, 200_000] }));
  const { taken, refused, codes } = await page.evaluate(async () => {
    const [small, large, bad] = await Promise.all(
      ['model.tflite', 'large.tflite', 'refused.tflite'].map(
        async (file) => new Uint8Array(await (await fetch(file)).arrayBuffer()),
      ),
    );
    const liteRt = await window.agreement.liteRt();
    const x = [new Float32Array(3)];
    const taken: number[] = [];
    for (let i = 0; i < 20; i++) {
      await liteRt.run(large!, x);
      taken.push((await liteRt.run(small!, x)).memoryBytes);
    }
    const codes = new Set<string | undefined>();
    for (let i = 0; i < 20; i++) {
      // Another model each time: the same one would not be loaded again.
      bad![bad!.length - 1] = i;
      codes.add((await window.agreement.failure(liteRt.run(bad!, x)))?.code);
    }
    const refused = (await liteRt.run(small!, x)).memoryBytes;
    return { taken, refused, codes: [...codes] };
  });
  // Each model has 3.2 MB: were they kept, it would be 64 MB more.
  expect(taken.at(-1)).toBe(taken[3]);
  expect(codes).toEqual(['litert-refused']);
  expect(refused).toBe(taken.at(-1));
});

test('measures inference', async ({ page }) => {
  site.files.set('large.tflite', dense(1_000_000));
  const [small, large] = await page.evaluate(async () => {
    const liteRt = await window.agreement.liteRt();
    const times = [];
    for (const file of ['model.tflite', 'large.tflite']) {
      const model = new Uint8Array(await (await fetch(file)).arrayBuffer());
      times.push(await liteRt.time(model, [new Float32Array(3)], { warmUp: 2, repetitions: 12 }));
    }
    return times;
  });
  for (const timing of [small!, large!]) {
    expect(timing.samples).toHaveLength(12);
    const sorted = timing.samples.toSorted((a, b) => a - b);
    expect(timing.median).toBeCloseTo((sorted[5]! + sorted[6]!) / 2, 9);
    expect(timing.p90).toBe(sorted[10]);
    expect(timing.interval.low).toBeLessThanOrEqual(timing.median);
    expect(timing.interval.high).toBeGreaterThanOrEqual(timing.median);
    expect(timing.clockStep).toBeGreaterThan(0);
    // On a busy machine runs may come out short beside the steps of the clock: then with a warning.
    const steps = (timing.median * timing.callsPerRun) / timing.clockStep;
    expect(timing.warning === '').toBe(steps >= 50);
  }
  expect(small!.callsPerRun).toBeGreaterThan(1);
  expect(large!.median).toBeGreaterThan(small!.median);
});

test('Stop ends it at once, and another can be opened', async ({ page }) => {
  site.files.set('large.tflite', dense(100_000));
  const { waited, codes, again } = await page.evaluate(async () => {
    const base = new URL('.', location.href).pathname;
    const model = new Uint8Array(await (await fetch('large.tflite')).arrayBuffer());
    const x = [new Float32Array(3)];
    const first = await window.agreement.openLiteRt({ base });
    const long = window.agreement.failure(first.time(model, x, { repetitions: 10_000 }));
    const queued = window.agreement.failure(first.run(model, x));
    await new Promise((resolve) => setTimeout(resolve, 500));
    const from = performance.now();
    first.stop();
    const errors = [await long, await queued, await window.agreement.failure(first.run(model, x))];
    const waited = performance.now() - from;
    const second = await window.agreement.openLiteRt({ base });
    const again = (await second.run(model, x)).outputs[0]!.length;
    second.stop();
    return { waited, codes: errors.map((error) => error?.code), again };
  });
  expect(codes).toEqual(['litert-stopped', 'litert-stopped', 'litert-stopped']);
  // What it was doing takes minutes; some seconds are for a machine that is busy.
  expect(waited).toBeLessThan(5_000);
  expect(again).toBe(100_000);
  await expect.poll(() => page.workers().length).toBe(0);
});

test('loading can be given up', async ({ page }) => {
  const { code, late } = await page.evaluate(async () => {
    const base = new URL('.', location.href).pathname;
    const { signal, abort } = ((controller) => ({
      signal: controller.signal,
      abort: () => controller.abort(),
    }))(new AbortController());
    const opening = window.agreement.openLiteRt({ base, signal, onProgress: abort });
    const given = await window.agreement.failure(opening);
    const before = await window.agreement.failure(window.agreement.openLiteRt({ base, signal }));
    return { code: given?.code, late: before?.code };
  });
  expect([code, late]).toEqual(['litert-stopped', 'litert-stopped']);
  await expect.poll(() => page.workers().length).toBe(0);
});

test.describe('what cannot be loaded says so', () => {
  const cases: [name: string, change: () => void, said: RegExp][] = [
    ['no list', () => site.files.delete('litert/manifest.json'), /answered 404/],
    [
      'a page in place of the list',
      () => site.files.set('litert/manifest.json', new TextEncoder().encode('<!doctype html>')),
      /no JSON/,
    ],
    [
      'a list that leads elsewhere',
      () =>
        site.files.set(
          'litert/manifest.json',
          new TextEncoder().encode(
            JSON.stringify({ ...manifest, worker: 'https://example.org/litert/1/worker.js' }),
          ),
        ),
      /no proper worker/,
    ],
    ['no worker', () => site.files.delete(manifest.worker), /could not be run/],
    ['no WebAssembly', () => site.files.delete(manifest.relaxedSimd.wasm), /answered 404/],
    ['no loader', () => site.files.delete(manifest.relaxedSimd.loader), /did not start/],
    [
      'WebAssembly cut short',
      () =>
        site.files.set(
          manifest.relaxedSimd.wasm,
          site.files.get(manifest.relaxedSimd.wasm)!.subarray(0, 100_000),
        ),
      /ended after 100000/,
    ],
    [
      'WebAssembly that is none',
      () =>
        site.files.set(
          manifest.relaxedSimd.wasm,
          new Uint8Array(manifest.relaxedSimd.bytes).fill(7),
        ),
      /did not start/,
    ],
    [
      'WebAssembly that is too long',
      () =>
        site.files.set(manifest.relaxedSimd.wasm, new Uint8Array(manifest.relaxedSimd.bytes + 1)),
      /longer than/,
    ],
  ];
  for (const [name, change, said] of cases) {
    test(name, async ({ page }) => {
      change();
      expect(await openingFails(page)).toMatchObject({
        code: 'litert-not-loaded',
        elaborate: expect.stringMatching(said),
      });
      await expect.poll(() => page.workers().length).toBe(0);
    });
  }
});

test.describe('what cannot be run says so, and the next model runs', () => {
  const failure = (page: Page, input: number[][], file = 'model.tflite') =>
    page.evaluate(
      async ({ input, file }) => {
        const model = new Uint8Array(await (await fetch(file)).arrayBuffer());
        const liteRt = await window.agreement.liteRt();
        return window.agreement.failure(
          liteRt.run(
            model,
            input.map((values) => Float32Array.from(values)),
          ),
        );
      },
      { input, file },
    );

  test('inputs that do not fit', async ({ page }) => {
    expect(await failure(page, [[1, 2]])).toMatchObject({
      code: 'litert-inputs-do-not-fit',
      explain: 'The input x takes 3 values; 2 came.',
    });
    expect(await failure(page, [[1, 2, 3], [4]])).toMatchObject({
      code: 'litert-inputs-do-not-fit',
      explain: 'The model takes 1 input; 2 came.',
    });
    expect(await failure(page, [])).toMatchObject({ code: 'litert-inputs-do-not-fit' });
    expect((await run(page, [0, 0, 0])).outputs).toEqual([[0, 1, 2, 3]]);
  });

  test('a refused model, twice the same words', async ({ page }) => {
    site.files.set('refused.tflite', reshaped(dense(4), { x: [-1, 3], y: [-1, 4] }));
    const first = await failure(page, [[0, 0, 0]], 'refused.tflite');
    expect(first).toMatchObject({ code: 'litert-refused' });
    expect(await failure(page, [[0, 0, 0]], 'refused.tflite')).toEqual(first);
    expect((await run(page, [0, 0, 0])).outputs).toEqual([[0, 1, 2, 3]]);
  });

  test('a model that needs more memory than there is', async ({ page }) => {
    const graph = readTflite(dense(4));
    const tensors = [
      graph.tensors[0]!,
      { name: 'p', shape: [2, 2], type: 'int32', data: Int32Array.of(0, 0, 0, 700_000_000) },
      { name: 'y', shape: [1, 700_000_003], type: 'float32' },
    ] as Graph['tensors'];
    const operators = [{ code: 'PAD', options: {}, inputs: [0, 1], output: 2 }] as const;
    const huge = writeTflite({ ...graph, tensors, operators, outputs: [2] });
    site.files.set('huge.tflite', huge);
    const error = await failure(page, [[0, 0, 0]], 'huge.tflite');
    console.log('2.8 GB:', JSON.stringify(error));
    expect(error?.code).toMatch(/^litert-(out-of-memory|crashed|run-failed|refused)$/);
  });

  test('damaged files end in an error or in numbers, and the next model runs', async ({ page }) => {
    const { codes, strange } = await page.evaluate(async () => {
      const base = new URL('.', location.href).pathname;
      const model = new Uint8Array(await (await fetch('model.tflite')).arrayBuffer());
      const x = [new Float32Array(3)];
      const codes: Record<string, number> = {};
      const strange: unknown[] = [];
      let liteRt = await window.agreement.openLiteRt({ base });
      let state = 221;
      const random = (below: number): number => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
      };
      for (let i = 0; i < 60; i++) {
        const damaged = model.slice();
        for (let n = 0; n <= random(5); n++) damaged[8 + random(damaged.length - 8)] = random(256);
        const ending = window.agreement.failure(liteRt.run(damaged, x));
        const next = await window.agreement.failure(liteRt.run(model, x));
        const code = (await ending)?.code ?? 'ran';
        codes[code] = (codes[code] ?? 0) + 1;
        if (next?.code !== (code === 'litert-crashed' ? code : undefined))
          strange.push([code, next]);
        if (code === 'litert-crashed') liteRt = await window.agreement.openLiteRt({ base });
      }
      liteRt.stop();
      return { codes, strange };
    });
    console.log('damaged files:', JSON.stringify(codes));
    expect(strange).toEqual([]);
    expect(codes['litert-refused']).toBeGreaterThan(10);
    expect(codes['ran']).toBeGreaterThan(3);
    expect(codes).not.toHaveProperty('litert-protocol');
  });

  test('a file that crashes it ends it for good', async ({ page }) => {
    const seen = await page.evaluate(async () => {
      const base = new URL('.', location.href).pathname;
      const model = new Uint8Array(await (await fetch('model.tflite')).arrayBuffer());
      const x = [new Float32Array(3)];
      const codeOf = async (promise: Promise<unknown>): Promise<string | undefined> =>
        (await window.agreement.failure(promise))?.code;
      // One of the first offsets leads nowhere; which one LiteRT follows unchecked may change.
      for (let at = 8; at < 48; at += 4) {
        const damaged = model.slice();
        damaged.fill(0, at, at + 4);
        const liteRt = await window.agreement.openLiteRt({ base });
        const all = [liteRt.run(damaged, x), liteRt.run(model, x), liteRt.time(model, x)];
        const codes = await Promise.all(all.map(codeOf));
        const later = await codeOf(liteRt.run(model, x));
        liteRt.stop();
        if (codes[0] === 'litert-crashed') return [...codes, later];
      }
      return [];
    });
    expect(seen).toEqual(Array(4).fill('litert-crashed'));
    await expect.poll(() => page.workers().length).toBe(0);
  });
});
