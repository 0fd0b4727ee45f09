import { beforeAll, describe, expect, it } from 'vitest';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { readTflite } from '../../../src/engine/tflite/read-tflite.ts';
import { writeTflite } from '../../../src/engine/tflite/write-tflite.ts';
import { agreementReport, inInterpreter, type Runner } from '../../../src/litert/agreement.ts';
import { compareOutputs, topClass } from '../../../src/litert/compare-outputs.ts';

const scale = 0.5;
const quantization = { scales: Float32Array.of(scale), zeroPoints: Int32Array.of(3), axis: 0 };

/** Floats in, through int8, floats out: y = x rounded to halves. */
const rounding: Graph = {
  name: 'rounding',
  tensors: [
    { name: 'x', shape: [1, 4], type: 'float32' },
    { name: 'q', shape: [1, 4], type: 'int8', quantization },
    { name: 'y', shape: [1, 4], type: 'float32' },
  ],
  operators: [
    { code: 'QUANTIZE', options: {}, inputs: [0], output: 1 },
    { code: 'DEQUANTIZE', options: {}, inputs: [1], output: 2 },
  ],
  inputs: [0],
  outputs: [2],
};

/** Two outputs: relu(a) of 2 values, and relu6(b) of one. */
const two: Graph = {
  name: 'two',
  tensors: [
    { name: 'a', shape: [1, 2], type: 'float32' },
    { name: 'b', shape: [1], type: 'float32' },
    { name: 'relu', shape: [1, 2], type: 'float32' },
    { name: 'relu6', shape: [1], type: 'float32' },
  ],
  operators: [
    { code: 'RELU', options: {}, inputs: [0], output: 2 },
    { code: 'RELU6', options: {}, inputs: [1], output: 3 },
  ],
  inputs: [0, 1],
  outputs: [2, 3],
};

let quantized: Uint8Array;
let float: Uint8Array;
beforeAll(() => {
  quantized = writeTflite(rounding);
  float = writeTflite(two);
});

/** The interpreter, and then a known difference. */
const but =
  (change: (outputs: Float32Array[], call: number) => void): Runner =>
  async (bytes, inputs) => {
    const { outputs } = await inInterpreter()(bytes, inputs);
    change(outputs, calls++);
    return { outputs };
  };
let calls = 0;

describe('agreementReport', () => {
  it('finds nothing where there is nothing', async () => {
    const examples = [[Float32Array.of(0.1, 1, 2.6, -3)], [Float32Array.of(9, 8, 7, 6)]];
    const report = await agreementReport(quantized, examples, inInterpreter());
    expect(report).toEqual({
      examples: 2,
      outputs: [
        { name: 'y', elements: 8, step: 0.5, exact: 8, offByOne: 0, worst: 0, sameClass: 2 },
      ],
    });
  });

  it('counts in steps where there are steps', async () => {
    const examples = [[Float32Array.of(3, 2, 1, 0)], [Float32Array.of(0, 1, 2, 3)]];
    calls = 0;
    const theirs = but(([y], call) => {
      y![0]! += call === 0 ? -5 * scale : scale;
      y![1]! -= scale;
    });
    const [output] = (await agreementReport(quantized, examples, theirs)).outputs;
    // Of the first, the 3 falls to 0.5 and the 2 to 1.5; of the second, 0 and 1 are a step off.
    expect(output).toMatchObject({ elements: 8, exact: 4, offByOne: 3, worst: 5, sameClass: 1 });
  });

  it('finds another class', async () => {
    const examples = [[Float32Array.of(0, 1, 2, 3)], [Float32Array.of(0, 0, 0, 1)]];
    const theirs = but(([y]) => {
      y![1]! += 1.5;
    });
    const [output] = (await agreementReport(quantized, examples, theirs)).outputs;
    expect(output).toMatchObject({ sameClass: 1, worst: 3, offByOne: 0, exact: 6 });
  });

  it('takes differences of floats as they are, each output for itself', async () => {
    const examples = [[Float32Array.of(1, 2), Float32Array.of(7)]];
    const theirs = but(([relu, relu6]) => {
      relu![1]! += 0.25;
      relu6![0]! -= 0.125;
    });
    const report = await agreementReport(float, examples, theirs);
    expect(report.outputs).toEqual([
      { name: 'relu', elements: 2, step: 0, exact: 1, offByOne: 0, worst: 0.25, sameClass: 1 },
      {
        name: 'relu6',
        elements: 1,
        step: 0,
        exact: 0,
        offByOne: 0,
        worst: 0.125,
        sameClass: undefined,
      },
    ]);
  });

  it('gives both the rewritten file when integers go in or come out', async () => {
    const between: Graph = {
      ...rounding,
      tensors: [rounding.tensors[1]!, { ...rounding.tensors[1]!, name: 'r' }],
      operators: [{ code: 'RELU', options: {}, inputs: [0], output: 1 }],
      inputs: [0],
      outputs: [1],
    };
    const seen: Uint8Array[] = [];
    const report = await agreementReport(
      writeTflite(between),
      [[Float32Array.of(-2, 0.4, 1, 2)]],
      (bytes, inputs) => {
        seen.push(bytes);
        return inInterpreter()(bytes, inputs);
      },
    );
    const given = readTflite(seen[0]!);
    expect(given.tensors[given.inputs[0]!]!.type).toBe('float32');
    expect(given.tensors[given.outputs[0]!]!.type).toBe('float32');
    expect(report.outputs[0]).toMatchObject({ name: 'r/float_out', step: 0.5, exact: 4 });
  });

  it('leaves files of floats as they are', async () => {
    let given: Uint8Array | undefined;
    await agreementReport(float, [[new Float32Array(2), new Float32Array(1)]], (bytes, inputs) => {
      given = bytes;
      return inInterpreter()(bytes, inputs);
    });
    expect(given).toBe(float);
  });

  it('takes two runners of any kind', async () => {
    const fixed =
      (...values: number[]): Runner =>
      () => ({ outputs: [Float32Array.from(values)] });
    const report = await agreementReport(
      quantized,
      [[new Float32Array(4)]],
      fixed(0, 0.5, 1, 1.25),
      fixed(0, 0, 0, 0),
    );
    expect(report.outputs[0]).toMatchObject({
      elements: 4,
      exact: 1,
      offByOne: 1,
      worst: 2.5,
      sameClass: 0,
    });
  });

  it.each<[string, unknown, string]>([
    ['no examples', [], 'agreement-no-examples'],
    ['examples that are no list', new Float32Array(4), 'agreement-no-examples'],
    ['an example that is no list', [new Float32Array(4)], 'litert-argument'],
    ['values of another type', [[[1, 2, 3, 4]]], 'litert-argument'],
    ['too few values', [[new Float32Array(3)]], 'tensor-values-do-not-fit'],
    ['no values', [[]], 'tensor-values-do-not-fit'],
  ])('refuses %s', async (_, examples, code) => {
    await expect(
      agreementReport(quantized, examples as Float32Array[][], inInterpreter()),
    ).rejects.toMatchObject({ code });
  });

  it('refuses outputs that do not fit, and files that are none', async () => {
    const short: Runner = () => ({ outputs: [new Float32Array(3)] });
    const none: Runner = () => ({ outputs: [] });
    const example = [[new Float32Array(4)]];
    for (const runner of [short, none]) {
      await expect(agreementReport(quantized, example, runner)).rejects.toMatchObject({
        code: 'agreement-outputs-do-not-fit',
      });
    }
    await expect(
      agreementReport(new Uint8Array(40), example, inInterpreter()),
    ).rejects.toMatchObject({ code: 'tflite-not-one' });
  });

  it('lets through what a runtime throws', async () => {
    const theirs: Runner = () => Promise.reject(new Error('refused'));
    await expect(agreementReport(quantized, [[new Float32Array(4)]], theirs)).rejects.toThrow(
      'refused',
    );
  });
});

describe('compareOutputs', () => {
  const compare = (a: number[], b: number[], step: number) =>
    compareOutputs(Float32Array.from(a), Float32Array.from(b), step);

  it('takes floats for the integers that they stand for', () => {
    const step = Math.fround(0.0117);
    const codes = Array.from({ length: 65536 }, (_, i) => i - 32768);
    const values = codes.map((code) => Math.fround(code * step));
    const next = codes.map((code) => Math.fround((code + 1) * step));
    expect(compare(values, values, step)).toEqual({ exact: 65536, offByOne: 0, worst: 0 });
    expect(compare(values, next, step)).toEqual({ exact: 0, offByOne: 65536, worst: 1 });
  });

  it('does not take what lies between two steps for either', () => {
    expect(compare([0, 0, 0], [0.2, 0.5, 0.9], 1)).toMatchObject({ exact: 0, offByOne: 0 });
    expect(compare([0, 0], [0.05, 1.05], 1).worst).toBeCloseTo(1.05);
  });

  it('takes NaN and infinities for what they are', () => {
    expect(compare([NaN, Infinity], [NaN, Infinity], 0)).toMatchObject({ exact: 2, worst: 0 });
    expect(compare([NaN], [0], 0)).toMatchObject({ exact: 0, worst: Infinity });
    expect(compare([0], [NaN], 0.5)).toMatchObject({ exact: 0, worst: Infinity });
    expect(compare([Infinity], [-Infinity], 0).worst).toBe(Infinity);
    expect(compare([0], [-0], 0).exact).toBe(1);
  });
});

describe('topClass', () => {
  it('is the first of the largest', () => {
    expect(topClass(Float32Array.of(1, 3, 3, 2))).toBe(1);
    expect(topClass(Float32Array.of(-5))).toBe(0);
    expect(topClass(Float32Array.of(-5, -4))).toBe(1);
  });
});
