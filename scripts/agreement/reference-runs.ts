/** What the official interpreter answered, against what the engine and LiteRT answer to the same inputs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../src/build/project-root.ts';
import { loadModel } from '../../src/engine/keras/index.ts';
import { Interpreter, TFLiteConverter, withFloatIO } from '../../src/engine/tflite/index.ts';
import { RESNET } from './collect.ts';
import { measure } from './measure.ts';
import type { Outcome } from './page.ts';
import { sharedFile } from './reference-files.ts';
import type { LiteRtSite } from './site.ts';

interface Run {
  /** In the type of the file's input. */
  input: Float32Array | Int8Array;
  expected: number[];
}

export interface ReferenceRun {
  title: string;
  runs: number;
  values: number;
  /** Values of the engine that are the reference's. */
  exact: number;
  /** The largest difference, in the units of the output: steps of integers. */
  worst: number;
  isInteger: boolean;
  /** LiteRT and the engine on these inputs; none of what only TensorFlow.js runs. */
  outcome: Outcome | undefined;
}

interface Group {
  source: string;
  function: string;
  cases: { inputs: { input?: number[]; file?: string; dtype?: string }; expected: number[] }[];
}

/** Every file with reference numbers that stands beside the repository. */
export async function collectReferenceRuns(page: Page, site: LiteRtSite): Promise<ReferenceRun[]> {
  const rows: ReferenceRun[] = [];
  for (const [name, runs] of referenceRuns()) {
    const bytes = sharedFile(`models/${name}`);
    if (!bytes) continue;
    rows.push(await rowOf(page, site, name, bytes, runs));
    if (name === 'pretrainedResnet_float.tflite')
      rows.push(...(await resnetRows(page, site, runs)));
  }
  return rows;
}

/** The Keras file that the float .tflite was made of: as TensorFlow.js runs it, and as the engine converts it. */
async function resnetRows(page: Page, site: LiteRtSite, runs: Run[]): Promise<ReferenceRun[]> {
  const keras = sharedFile(`models/${RESNET}`);
  if (!keras) return [];
  const model = await loadModel(keras);
  const answers = runs.map(({ input }) => {
    const output = tf.tidy(() => model.predict(tf.tensor(input, [1, 32, 32, 3])) as tf.Tensor);
    const values = Array.from(output.dataSync());
    output.dispose();
    return values;
  });
  const converted = await TFLiteConverter.fromLayersModel(model).convert();
  model.dispose();
  return [
    { ...compared(`${RESNET}, by TensorFlow.js`, runs, answers), outcome: undefined },
    await rowOf(page, site, `${RESNET}, converted to float32`, converted, runs),
  ];
}

async function rowOf(
  page: Page,
  site: LiteRtSite,
  title: string,
  bytes: Uint8Array,
  runs: Run[],
): Promise<ReferenceRun> {
  const interpreter = new Interpreter(bytes);
  interpreter.allocateTensors();
  const [input, output] = [interpreter.getInputDetails()[0]!, interpreter.getOutputDetails()[0]!];
  const answers = runs.map((run) => {
    interpreter.setTensor(input.index, run.input);
    interpreter.invoke();
    return Array.from(interpreter.getTensor(output.index), Number);
  });
  const { scales, zeroPoints } = input.quantization;
  const examples = runs.map((run) => [
    Float32Array.from(run.input, (q) =>
      input.dtype === 'float32' ? q : (q - zeroPoints[0]!) * scales[0]!,
    ),
  ]);
  const outcome = await measure(page, site, { bytes: withFloatIO(bytes), examples });
  return { ...compared(title, runs, answers), isInteger: output.dtype !== 'float32', outcome };
}

function compared(title: string, runs: Run[], answers: number[][]): Omit<ReferenceRun, 'outcome'> {
  let [values, exact, worst] = [0, 0, 0];
  runs.forEach(({ expected }, run) =>
    expected.forEach((value, i) => {
      const difference = Math.abs(answers[run]![i]! - value);
      values++;
      if (Math.fround(answers[run]![i]!) === Math.fround(value)) exact++;
      worst = Math.max(worst, difference);
    }),
  );
  return { title, runs: runs.length, values, exact, worst, isInteger: false };
}

function referenceRuns(): Map<string, Run[]> {
  const found = new Map<string, Run[]>();
  for (const file of ['model-runs.json', 'resnet8-runs.json']) {
    const path = join(projectRoot, 'tests/golden', file);
    for (const { source, cases } of JSON.parse(readFileSync(path, 'utf8')) as Group[]) {
      const name = /(\w+\.tflite) run with/.exec(source)?.[1];
      if (!name) continue;
      const runs = cases.flatMap(({ inputs, expected }) => {
        const input = inputOf(inputs);
        return input ? [{ input, expected }] : [];
      });
      if (runs.length > 0) found.set(name, runs);
    }
  }
  return found;
}

function inputOf({
  input,
  file,
  dtype,
}: Group['cases'][number]['inputs']): Run['input'] | undefined {
  if (input) return Float32Array.from(input);
  const data = file && sharedFile(file);
  if (!data) return undefined;
  return dtype === 'int8' ? new Int8Array(data.buffer) : new Float32Array(data.buffer);
}
