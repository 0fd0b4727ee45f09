/** The whole of the sandbox but its frame: bundle, realm, codec, validation, limits, in Node threads. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookFilesOnDisk } from '../../../src/runtime/node/book-files-on-disk.ts';
import { createNodeSandbox } from '../../../src/runtime/node-session.ts';
import type { BookFile, Catalogue } from '../../../src/runtime/files.ts';
import type { NodeSandbox } from '../../../src/runtime/node-session.ts';
import type {
  CheckReport,
  OutputItem,
  RunEvent,
  RunRequest,
} from '../../../src/runtime/protocol.ts';

const entry = 'tests/unit/runtime/fixtures/worker-entry.ts';
let sandbox: NodeSandbox;
let section = 0;

beforeAll(async () => {
  sandbox = await createNodeSandbox({ entry, files: await testFiles() });
});
afterAll(() => sandbox.dispose());

function request(code: string, more: Partial<RunRequest> = {}): RunRequest {
  return { cell: 'cell', section: 'shared', code, seed: 1, limitMs: 5_000, ...more };
}

function lines(outputs: OutputItem[]): string[] {
  return outputs.flatMap((item) => (item.kind === 'console' ? [item.text] : []));
}

async function run(code: string, more: Partial<RunRequest> = {}) {
  const { outcome, outputs } = await sandbox.runCell(request(code, more));
  return { ...outcome, outputs, lines: lines(outputs) };
}

function check(code: string, checks: string, limitMs = 5_000): Promise<CheckReport> {
  return sandbox.check({
    exercise: 'x',
    code,
    entry: ['f'],
    checks,
    mistakes: [],
    seed: 1,
    limitMs,
  }).done;
}

describe('a run', () => {
  test('computes on the wasm backend and shows its last value', async () => {
    const { status, lines: text } = await run(
      "import * as tf from '@tensorflow/tfjs';\nconsole.log(tf.getBackend());\ntf.tensor([1, 2]).mul(2)",
    );
    expect(status).toBe('finished');
    expect(text).toEqual(['wasm', 'Tensor float32 [2] [2, 4]']);
  });

  test('repeats for a seed, TensorFlow.js included, and differs for another', async () => {
    const code =
      "import * as tf from '@tensorflow/tfjs';\nconsole.log(Math.random(), tf.randomNormal([2]), tf.util.createShuffledIndices(9))";
    const first = await run(code);
    expect((await run(code)).lines).toEqual(first.lines);
    expect((await run(code, { section: 'another' })).lines).toEqual(first.lines);
    expect((await run(code, { seed: 2 })).lines).not.toEqual(first.lines);
    // A patched Math.random does not outlive its run.
    await run('Math.random = () => 0.5;');
    expect((await run(code)).lines).toEqual(first.lines);
  });

  test('says where it stopped and keeps what it had shown', async () => {
    const {
      status,
      error,
      lines: text,
    } = await run("console.log('before');\nconst a: any = null;\na.shape;");
    expect(status).toBe('error');
    expect(text).toEqual(['before']);
    expect(error).toMatchObject({ code: 'undefined-value', location: { line: 3 } });
  });
});

describe('bad input', () => {
  test('an endless loop ends at the limit, and the next run works at once', async () => {
    const key = `s${section++}`;
    await run('const kept = 1;', { section: key });
    const looped = await run("console.log('in');\nwhile (true) {}", { section: key, limitMs: 400 });
    expect(looped).toMatchObject({
      status: 'limit',
      sectionLost: true,
      error: { code: 'time-limit' },
      lines: ['in'],
    });
    const startedAt = performance.now();
    const next = await run('1 + 1', { section: key });
    expect(next).toMatchObject({ status: 'finished', lines: ['2'] });
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    expect((await run('kept', { section: key })).error?.code).toBe('not-defined');
  });

  test('a promise that never settles is named as waiting, not as working', async () => {
    const ended = await run('await new Promise(() => {});', {
      limitMs: 300,
      section: `s${section++}`,
    });
    expect(ended).toMatchObject({ status: 'limit', error: { code: 'time-limit-waiting' } });
  });

  test('a last value that is a promise that never settles', async () => {
    const ended = await run('new Promise(() => {})', { limitMs: 300, section: `s${section++}` });
    expect(ended.error?.code).toBe('time-limit-waiting');
  });

  test('100,000 lines: the first thousand, and the count of the rest, quickly', async () => {
    const ended = await run('for (let i = 0; i < 100_000; i++) console.log(`line ${i}`);');
    expect(ended.status).toBe('finished');
    expect(ended.lines).toHaveLength(1_001);
    expect(ended.lines[999]).toBe('line 999');
    expect(ended.lines[1_000]).toBe('… 99,000 more lines left out');
    expect(ended.elapsedMs).toBeLessThan(3_000);
  });

  test('one line of 100 MB is cut', async () => {
    const ended = await run("console.log('x'.repeat(100_000_000));");
    expect(ended.lines[0]!.length).toBeLessThan(11_000);
    expect(ended.lines[0]).toContain('99990000 more characters');
  });

  test('lines of an endless loop arrive, with how many were left out', async () => {
    const ended = await run("while (true) console.log('again');", {
      limitMs: 500,
      section: `s${section++}`,
    });
    expect(ended.status).toBe('limit');
    expect(ended.lines.length).toBe(1_001);
    expect(ended.lines.at(-1)).toMatch(/^… [\d,]+ more lines left out$/);
  });

  test.each([
    ['const a = [1, 2;', 'syntax-error'],
    ['const f = (): number => 1 + f();\nf();', 'endless-recursion'],
    ['JSON.parse("[".repeat(1e6))', 'error'],
    ['new Float64Array(2 ** 28).fill(1)', 'out-of-memory'],
    ['throw null', 'thrown-value'],
    ['throw Symbol("s")', 'thrown-value'],
    ['throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; } })', 'thrown-value'],
    ["import { nothing } from '@tensorflow/tfjs';\nnothing();", 'unknown-export'],
    ["import fs from 'node:fs';", 'unknown-module'],
  ])('%s ends in %s', async (code, expected) => {
    const ended = await run(code);
    expect(ended.status).toBe('error');
    expect(ended.error?.code).toBe(expected);
    expect((await run('2 * 3')).lines).toEqual(['6']);
  });

  test('too much memory ends the worker alone', async () => {
    const small = await createNodeSandbox({ entry, heapMb: 100 });
    const code =
      'const all: unknown[] = [];\nwhile (true) all.push(Array.from({ length: 1e5 }, (_, i) => ({ i })));';
    const { outcome } = await small.runCell(request(code, { limitMs: 50_000 }));
    expect(outcome).toMatchObject({
      status: 'died',
      sectionLost: true,
      error: { code: 'ended-early' },
    });
    const next = await small.runCell(request('1 + 1'));
    small.dispose();
    expect(lines(next.outputs)).toEqual(['2']);
  });

  test('errors that nothing awaited are shown', async () => {
    const ended = await run(
      "const lost = Promise.reject(new Error('lost'));\nsetTimeout(() => {});\n1",
    );
    expect(ended.lines).toContain('An error that nothing awaited (line 1): lost');
  });

  test('timers left behind are stopped, said, and cannot reach a later run', async () => {
    const key = `s${section++}`;
    const first = await run(
      "setInterval(() => console.log('ghost'), 50);\nconst t = setTimeout(() => console.log('ghost'), 50);",
      { section: key },
    );
    expect(first.lines).toEqual([
      '2 timers were still waiting when the code ended, and stopped. Await what you start to see its result.',
    ]);
    const second = await run('await new Promise((resolve) => setTimeout(resolve, 120));', {
      section: key,
    });
    expect(second.lines).toEqual([]);
  });
});

describe('stopping', () => {
  test('Stop ends a busy run, whose lines have arrived', async () => {
    const events: RunEvent[] = [];
    const running = sandbox.run(
      request("console.log('on');\nconsole.log('and on');\nwhile (true) {}", { section: 'stop' }),
      (event) => events.push(event),
    );
    await expect.poll(() => events.length, { timeout: 10_000 }).toBe(2);
    running.stop();
    expect(await running.done).toMatchObject({ status: 'stopped', sectionLost: true });
  });

  test('runs that stand alone share nothing, and take no section its worker', async () => {
    const key = `s${section++}`;
    await run('const kept = 1;', { section: key });
    for (const exercise of ['a', 'b', 'c']) {
      const alone = { section: exercise, alone: true };
      expect((await run('const own = 2;', alone)).status).toBe('finished');
      expect((await run('own', alone)).error?.code).toBe('not-defined');
    }
    expect(await run('kept', { section: key })).toMatchObject({ status: 'finished', lines: ['1'] });
  });

  test('a newer run of the section takes over, and nothing mixes', async () => {
    const seen: [string, string][] = [];
    const note = (who: string) => (event: RunEvent) => {
      if (event.type === 'output' && event.item.kind === 'console')
        seen.push([who, event.item.text]);
    };
    const key = 'twice';
    const code = (who: string): string =>
      `for (let i = 0; i < 5; i++) { console.log('${who}'); await new Promise((r) => setTimeout(r, 20)); }`;
    const first = sandbox.run(request(code('first'), { section: key }), note('first'));
    const second = sandbox.run(request(code('second'), { section: key }), note('second'));
    expect((await first.done).status).toBe('stopped');
    expect((await second.done).status).toBe('finished');
    expect(seen.every(([who, text]) => who === text)).toBe(true);
    expect(seen.filter(([who]) => who === 'second')).toHaveLength(5);
  });

  test('no event comes after the outcome', async () => {
    let ended = false;
    let late = 0;
    const running = sandbox.run(
      request("setInterval(() => console.log('x'), 1); console.log('y');"),
      () => {
        if (ended) late += 1;
      },
    );
    await running.done;
    ended = true;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(late).toBe(0);
  });
});

describe('display and progress', () => {
  test('arrive as validated items', async () => {
    const { status, outputs } = await run(`
import { display } from 'heavy-weights/book';
import * as tf from '@tensorflow/tfjs';
display.table([{ bits: 8, error: 0.1 }, { bits: 4, note: 'x' }], { title: 'T' });
display.line({ a: [1, 2], b: { x: [0, 5], y: [3, NaN] } }, { xLabel: 'x' });
display.bar({ int8: 1, int4: 2 });
display.histogram(new Float32Array([0, 1, 1, 2]), { bins: 2 });
display.heatmap(tf.tensor([[1, 2], [3, 4]]));
display.image({ data: [0, 1], width: 2, height: 1 });`);
    expect(status).toBe('finished');
    expect(outputs).toMatchObject([
      {
        kind: 'table',
        title: 'T',
        columns: ['bits', 'error', 'note'],
        rows: [
          [8, 0.1, null],
          [4, null, 'x'],
        ],
      },
      {
        kind: 'plot',
        plot: 'line',
        xLabel: 'x',
        series: [
          { name: 'a', x: [0, 1], y: [1, 2] },
          { name: 'b', x: [0, 5], y: [3, NaN] },
        ],
      },
      { kind: 'plot', plot: 'bar', series: [{ x: ['int8', 'int4'], y: [1, 2] }] },
      { kind: 'plot', plot: 'histogram', series: [{ x: [0, 1, 2], y: [1, 3] }] },
      { kind: 'tensor', shape: [2, 2], rows: 2, cols: 2, min: 1, max: 4, mean: 2.5 },
      {
        kind: 'image',
        width: 2,
        height: 1,
        pixels: new Uint8ClampedArray([0, 0, 0, 255, 255, 255, 255, 255]),
      },
    ]);
  });

  test('a file is offered with its name and its own bytes', async () => {
    const { status, outputs } = await run(`
import { display } from 'heavy-weights/book';
const bytes = new Uint8Array([9, 1, 2, 3, 9]);
display.file('three.bin', bytes.subarray(1, 4));
bytes.fill(0);
display.file('whole.bin', new Uint8Array([5]).buffer);`);
    expect(status).toBe('finished');
    expect(outputs).toEqual([
      { kind: 'file', name: 'three.bin', bytes: new Uint8Array([1, 2, 3]) },
      { kind: 'file', name: 'whole.bin', bytes: new Uint8Array([5]) },
    ]);
  });

  test.each([
    ["display.file('setup.exe', new Uint8Array(1));", /name.*\.tflite/],
    ["display.file('../a.bin', new Uint8Array(1));", /name/],
    ["display.file('a.bin', 'text' as any);", /bytes.*Uint8Array/],
    ["display.file('a.bin', new Uint8Array(16 * 1024 * 1024 + 1));", /bytes.*16 MB/],
  ])('a file that is not offered is explained: %s', async (call, explain) => {
    const { error } = await run(`import { display } from 'heavy-weights/book';\n${call}`);
    expect(error).toMatchObject({ code: 'wrong-argument', location: { line: 2 } });
    expect(error?.explain).toMatch(explain);
  });

  test('progress is told at a bounded rate, and its last word arrives', async () => {
    const updates: number[] = [];
    const { done } = sandbox.run(
      request(
        "import { progress } from 'heavy-weights/book';\nfor (let i = 1; i <= 20000; i++) progress(i, 20000, 'work');",
      ),
      (event) => {
        if (event.type === 'progress') updates.push(event.progress.done);
      },
    );
    await done;
    expect(updates.length).toBeLessThan(100);
    expect(updates.at(-1)).toBe(20_000);
  });

  test('a misuse is explained at its line', async () => {
    const { error } = await run(
      "import { display } from 'heavy-weights/book';\n\ndisplay.table(5 as any);",
    );
    expect(error).toMatchObject({ code: 'wrong-argument', location: { line: 3 } });
  });
});

describe('files of the book', () => {
  test('a model opens, and a range of a data set across parts', async () => {
    const events: RunEvent[] = [];
    const texts: string[] = [];
    const { done } = sandbox.run(
      request(`import { openDataset, openModel } from 'heavy-weights/book';
const model = await openModel('tiny');
const { images, labels, shape } = await openDataset('dots', { from: 3, count: 4 });
console.log(model.countParams(), Array.from(labels).join(), shape.join(), images[0], images[images.length - 1]);`),
      (event) => {
        events.push(event);
        if (event.type === 'output' && event.item.kind === 'console') texts.push(event.item.text);
      },
    );
    expect(await done).toMatchObject({ status: 'finished' });
    expect(texts).toEqual([`3 3,4,5,6 4,2,2,1 ${Math.fround(3 / 255)} ${Math.fround(6 / 255)}`]);
    const told = events.flatMap((event) =>
      event.type === 'file' && event.name === 'dots' ? [event] : [],
    );
    expect(told.at(-1)!.loadedBytes).toBe(told.at(-1)!.totalBytes);
  });

  test.each([
    ["openModel('tinny')", 'unknown-file', "Did you mean 'tiny'?"],
    ["openModel('dots')", 'wrong-kind-of-file', 'Use openDataset for it.'],
    ["openModel('../secret')", 'unknown-file', undefined],
    ["openModel('damaged')", 'file-damaged', 'Reload the page to fetch it again.'],
    [
      "openModel('offline')",
      'file-not-loaded',
      'Check the connection, then run again. What was fetched before is still there.',
    ],
    ["openDataset('dots', { from: 5, count: 10 })", 'wrong-argument', undefined],
    ["openDataset('dots', { count: NaN })", 'wrong-argument', undefined],
  ])('%s: %s', async (call, code, hint) => {
    const { error } = await run(
      `import { openDataset, openModel } from 'heavy-weights/book';\n\nawait ${call};`,
    );
    expect(error).toMatchObject({ code, location: { line: 3 } });
    expect(error?.hint).toBe(hint);
  });
});

describe('a check', () => {
  const checks = 'export const inputs = [1, [2, 3]]; export const outputs = [1, [2, 3]];';

  test('passes and fails by what the submission returns', async () => {
    expect(await check('export const f = (x: unknown) => x;', checks)).toMatchObject({
      passed: true,
      results: [{ id: 'c0' }, { id: 'c1' }],
    });
    expect(await check('export const f = async (x: unknown) => 1;', checks)).toMatchObject({
      passed: false,
      results: [{ status: 'passed' }, { status: 'failed' }],
    });
  });

  test('a submission that cannot be loaded says why, at its line', async () => {
    expect(await check('\nexport const f = ;', checks)).toMatchObject({
      passed: false,
      error: { code: 'syntax-error', location: { line: 2 } },
    });
    expect(await check('\n\nthrow new Error("no");', checks)).toMatchObject({
      error: { explain: 'no', location: { line: 3 } },
    });
  });

  test('an endless loop names the function, keeps the results before it, and the next check works', async () => {
    const report = await check(
      'export function f(x: unknown) { if (Array.isArray(x)) while (true) {}\n return x; }',
      checks,
      400,
    );
    expect(report.passed).toBe(false);
    expect(report.error).toMatchObject({
      code: 'time-limit',
      explain: expect.stringContaining('`f`'),
    });
    expect(report.results).toMatchObject([
      { status: 'passed' },
      { status: 'failed', feedback: { got: 'time-limit' } },
    ]);
    expect((await check('export const f = (x: unknown) => x;', checks)).passed).toBe(true);
  });

  test('many calls go at once; each is answered before the next, so that an endless one is known', async () => {
    const inputs = 'export const inputs = [1, 2, 3, 4]; export const outputs = [2, 4, 6, 8];';
    const code = 'export const f = (x: number) => { while (x === 3) {} return 2 * x; };';
    const { results } = await check(code, inputs, 700);
    expect(results.map(({ feedback }) => feedback?.got)).toEqual([
      '2',
      '4',
      'time-limit',
      'time-limit',
    ]);
  });

  test('a result that is no data fails with the reason', async () => {
    const report = await check('export const f = () => () => 1;', checks);
    expect(report.results[0]).toMatchObject({
      status: 'failed',
      feedback: { got: 'value-cannot-cross' },
    });
  });

  test('nothing of a submission reaches the judge or a later submission', async () => {
    const hostile = `
JSON.stringify = () => '1';
Array.prototype.every = () => true;
Object.prototype.polluted = 'yes';
Promise.prototype.then = function () { return this; };
export const f = () => 'wrong';`;
    expect((await check(hostile, checks, 700)).results[0]).toMatchObject({
      status: 'failed',
      feedback: { got: '"wrong"' },
    });
    const after = await check(
      'export const f = (x: unknown) => (({} as any).polluted ?? x);',
      checks,
    );
    expect(after.passed).toBe(true);
  });

  test('Stop ends it', async () => {
    const running = sandbox.check({
      exercise: 'x',
      code: 'export function f() { while (true) {} }',
      entry: ['f'],
      checks,
      mistakes: [],
      seed: 1,
      limitMs: 60_000,
    });
    setTimeout(() => running.stop(), 300);
    expect(await running.done).toMatchObject({ passed: false, error: { code: 'stopped' } });
  });
});

/** A model of one dense layer; ten pictures of 2 × 2 whose pixels and labels are their number. */
async function testFiles() {
  const store = new Map<string, Uint8Array>();
  const add = (url: string, bytes: Uint8Array) => {
    store.set(url, bytes);
    return {
      url,
      bytes: bytes.byteLength,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    };
  };
  const file = <Kind extends object>(kind: Kind, parts: ReturnType<typeof add>[]): BookFile =>
    ({
      ...kind,
      label: 'L',
      bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
      parts,
    }) as unknown as BookFile;

  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const json = JSON.stringify({
    modelTopology: saved!.modelTopology,
    weightsManifest: [{ paths: ['weights.bin'], weights: saved!.weightSpecs }],
  });
  const modelParts = (folder: string) => [
    add(`models/${folder}/model.json`, new TextEncoder().encode(json)),
    add(`models/${folder}/weights.bin`, new Uint8Array(saved!.weightData as ArrayBuffer)),
  ];
  const chunks = [0, 4, 8].map((from) => {
    const numbers = Array.from({ length: Math.min(4, 10 - from) }, (_, index) => from + index);
    const payload = Uint8Array.from([
      ...numbers.flatMap((n) => [n, n, n, n]),
      ...numbers.map((n) => n % 10),
    ]);
    return add(`data/dots-${from}.bin`, new Uint8Array(gzipSync(payload)));
  });
  const catalogue: Catalogue = {
    version: 1,
    files: {
      tiny: file({ kind: 'model' }, modelParts('tiny')),
      damaged: file(
        { kind: 'model' },
        modelParts('damaged').map((part) => ({ ...part, sha256: '0'.repeat(64) })),
      ),
      offline: file({ kind: 'model' }, [
        { url: 'models/offline/model.json', bytes: 10, sha256: '0'.repeat(64) },
      ]),
      dots: file({ kind: 'dataset', count: 10, chunk: 4, rows: 2, cols: 2 }, chunks),
    },
  };
  return bookFilesOnDisk(catalogue, async (url) => {
    const bytes = store.get(url);
    if (!bytes) throw new Error('no connection');
    return bytes;
  });
}
