import '@tensorflow/tfjs-backend-cpu';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Interpreter, loadModel, sparsity } from 'heavy-weights';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../../scripts/command-line/usage-error.ts';
import { readArguments, USAGE } from '../../../scripts/compress/arguments.ts';
import { requireWritable, writeWhole } from '../../../scripts/compress/files.ts';
import { readData } from '../../../scripts/compress/read-data.ts';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import { projectRoot } from '../../../src/build/project-root.ts';
import { npy, npz } from './npy-files.ts';
import { readerError, rejectedWith } from './reader-error.ts';
import { mnistArrays } from './small-data.ts';

const MODEL = join(projectRoot, 'public/models/bn-cnn/model.json');
let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compress-'));
  const { x, y } = mnistArrays('test', 160);
  const images = npy('|u1', x.shape, x.data);
  await writeFile(at('data.npz'), npz({ x: images, y: npy('|u1', y.shape, y.data) }));
  await writeFile(at('labels.npy'), npy('<i8', y.shape, y.data));
  await writeFile(at('images.npy'), images);
  await writeFile(at('broken.npz'), npz({ x: images.subarray(0, 500) }));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  code: number | null;
  out: string;
  errors: string;
}

/** Runs the command to its end; `onError` sees what it says of its progress. */
function run(args: string[], onError: (text: string, stop: () => void) => void = () => {}) {
  return new Promise<Ended>((resolve) => {
    const child = spawn(process.execPath, [join(projectRoot, 'scripts/compress.ts'), ...args], {
      cwd: projectRoot,
    });
    const [out, errors]: [string[], string[]] = [[], []];
    child.stdout.on('data', (text: Buffer) => out.push(String(text)));
    child.stderr.on('data', (text: Buffer) => {
      errors.push(String(text));
      onError(errors.join(''), () => child.kill('SIGINT'));
    });
    child.on('close', (code) => resolve({ code, out: out.join(''), errors: errors.join('') }));
  });
}

describe('npm run compress', () => {
  it('prunes, quantizes, reports and writes; then does not write over it', async () => {
    const outputs = ['-o', at('out.tflite'), '--h5', at('out.h5'), '--report', at('report.md')];
    const options = ['--prune', '0.5', '--cluster', '32', '--calibration', at('data.npz')];
    const { code, out, errors } = await run([MODEL, ...options, ...outputs]);
    expect(errors).toContain('quantizing');
    expect(code, errors).toBe(0);
    expect(out).toMatch(/compressed, int8: [\d,]+ bytes/);
    expect(out).toMatch(/right: \d+ of 160; before \d+/);
    expect(out).toContain(`written: ${at('out.tflite')}`);
    const tflite = new Uint8Array(await readFile(at('out.tflite')));
    new Interpreter(tflite).allocateTensors();
    await startTensorFlow();
    const model = await loadModel(new Uint8Array(await readFile(at('out.h5'))));
    expect(sparsity.sparsityOf(model).sparsity).toBeGreaterThanOrEqual(0.5);
    expect(await readFile(at('report.md'), 'utf8')).toContain('## Error layer by layer');

    const again = await run([MODEL, '-o', at('out.tflite')]);
    expect(again.code).toBe(1);
    expect(again.errors).toContain('is there already');
    expect(again.errors).toContain('--force');
    expect(new Uint8Array(await readFile(at('out.tflite')))).toEqual(tflite);

    const report = ['--report', at('measured.json'), '--labels', at('data.npz')];
    const measured = await run([at('out.tflite'), ...report]);
    expect(measured.code, measured.errors).toBe(0);
    const data = JSON.parse(await readFile(at('measured.json'), 'utf8'));
    const right = /right: (\d+) of 160; before/.exec(out)![1];
    expect(measured.out).toContain(`right: ${right} of 160`);
    expect(data.accuracy.measured.correct).toBe(Number(right));
    expect(data.reference.examples[0].inputs[0]).toHaveLength(784);

    const refused = await run([at('out.tflite'), '--mode', 'int8', '-o', at('more.tflite')]);
    expect(refused.code).toBe(1);
    expect(refused.errors).toContain('it is not compressed again');
    expect(existsSync(at('more.tflite'))).toBe(false);
  }, 180_000);

  it('stops at Ctrl-C and leaves nothing', async () => {
    const before = await readdir(folder);
    // A second Ctrl-C would end it at once, whatever it does.
    let stopped = false;
    const { code, errors } = await run(
      [MODEL, '-o', at('stopped.tflite'), '--calibration', at('data.npz')],
      (text, stop) => {
        if (stopped || !text.includes('quantizing')) return;
        stopped = true;
        stop();
      },
    );
    expect(code, errors).toBe(130);
    expect(errors).toContain('Stopped');
    expect(await readdir(folder)).toEqual(before);
  }, 120_000);

  it('explains what it cannot read, and how it is called', async () => {
    const broken = await run([MODEL, '-o', at('x.tflite'), '--calibration', at('broken.npz')]);
    expect(broken.code).toBe(1);
    expect(broken.errors).toContain('x.npy');
    expect(broken.errors).not.toContain('    at ');
    expect(await run(['--help'])).toMatchObject({ code: 0, out: `${USAGE}\n` });
    const usage = await run([MODEL, '--quick']);
    expect(usage.code).toBe(2);
    expect(usage.errors).toContain('--quick');
    expect((await run([MODEL])).errors).toContain('-o OUT.tflite');
    const missing = await run([at('no.h5'), '-o', at('x.tflite')]);
    expect(missing).toMatchObject({ code: 1 });
    expect(missing.errors).toContain('it is not there');
  }, 120_000);
});

describe('readArguments', () => {
  const read = (...args: string[]) => {
    const found = readArguments(args);
    if (found === 'help') throw new Error('help');
    return found;
  };

  it('reads all options', () => {
    const args = read(
      ...['/in.h5', '-o', '/out.tflite', '--mode', 'dynamic', '--prune', '.9', '--fine-tune', '3'],
      ...['--cluster', '16', '--examples', '50', '--seed', '7', '--device', 'nano:1M:256K'],
      ...['--labels', 'mnist', '--scale', '1', '--force', '--input-type', 'float32'],
    );
    expect(args).toMatchObject({
      input: '/in.h5',
      output: '/out.tflite',
      labels: 'mnist',
      scale: 1,
      force: true,
      changes: true,
    });
    expect(args.options).toMatchObject({
      mode: 'dynamic',
      prune: { sparsity: 0.9, method: 'fine-tune', epochs: 3 },
      cluster: { clusters: 16 },
      testExamples: 50,
      seed: 7,
      devices: [{ name: 'nano', flash: 2 ** 20, ram: 2 ** 18 }],
      inferenceInputType: 'float32',
    });
    expect(read('/in.tflite').changes).toBe(false);
    expect(read('/in.h5').options).toMatchObject({ mode: 'int8' });
    expect(readArguments(['--help'])).toBe('help');
  });

  it.each([
    [[]],
    [['a.h5', 'b.h5']],
    [['a.h5', '--prune', 'much']],
    [['a.h5', '--prune', '']],
    [['a.h5', '--fine-tune', '2']],
    [['a.h5', '--device', 'nano']],
    [['a.h5', '--mode']],
  ])('refuses %j', (args) => {
    expect(() => readArguments(args)).toThrow(UsageError);
  });
});

describe('readData', () => {
  const given = (more: object) => ({
    ...(readArguments(['/in.h5']) as Exclude<ReturnType<typeof readArguments>, 'help'>),
    ...more,
  });
  const SHAPE = [28, 28, 1];

  it('uses labels that lie beside the inputs, in a file of their own, or in none', async () => {
    const both = await readData(given({ calibration: at('data.npz') }), SHAPE, 10);
    expect(both.labelled!.labels).toHaveLength(160);
    const args = { calibration: at('images.npy'), labels: at('labels.npy') };
    const apart = await readData(given(args), SHAPE, 10);
    expect(apart.labelled!.labels).toEqual(both.labelled!.labels);
    expect(apart.labelled!.values).toEqual(both.labelled!.values);
    const none = await readData(given({ calibration: at('images.npy') }), SHAPE, 10);
    expect(none.labelled).toBeUndefined();
    expect(none.calibration!.count).toBe(160);
    expect(await readData(given({}), SHAPE, 10)).toEqual({ notes: [] });
  });

  it('has the images of the book', async () => {
    const { labelled, test } = await readData(given({ labels: 'mnist' }), [784], 10);
    expect([labelled!.count, test!.count]).toEqual([15_000, 10_000]);
  });

  it('says what is missing', async () => {
    const codeOf = async (more: object, tellsClasses = true) =>
      (await rejectedWith(() => readData(given(more), SHAPE, tellsClasses ? 10 : undefined))).code;
    expect(await codeOf({ labels: at('labels.npy') })).toBe('labels-without-examples');
    expect(await codeOf({ labels: at('data.npz') }, false)).toBe('labels-missing');
    await writeFile(at('only-x.npz'), npz({ x: npy('|u1', [1, 784], new Uint8Array(784)) }));
    expect(await codeOf({ labels: at('only-x.npz') })).toBe('labels-missing');
    expect(await codeOf({ calibration: at('none.npz') })).toBe('file-not-read');
    expect(await codeOf({ calibration: folder })).toBe('file-not-read');
  });
});

describe('files', () => {
  it('are written whole, or not at all', async () => {
    await writeWhole(at('whole.txt'), 'all of it');
    expect(await readFile(at('whole.txt'), 'utf8')).toBe('all of it');
    const error = await rejectedWith(() => writeWhole(at('nowhere/x.txt'), 'x'));
    expect(error.code).toBe('file-not-written');
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('are not written over, nor twice, nor nowhere', async () => {
    await writeFile(at('there.txt'), '');
    const codeOf = (paths: string[], force = false, input = '') =>
      readerError(() => requireWritable(paths, { input, force })).code;
    expect(codeOf([at('there.txt')])).toBe('file-exists');
    requireWritable([at('there.txt'), undefined], { input: '', force: true });
    expect(codeOf([folder], true)).toBe('file-exists');
    expect(codeOf([at('a'), at('a')])).toBe('file-written-twice');
    expect(codeOf([at('there.txt')], true, at('there.txt'))).toBe('file-written-twice');
    expect(codeOf([at('nowhere/a')])).toBe('folder-missing');
  });
});
