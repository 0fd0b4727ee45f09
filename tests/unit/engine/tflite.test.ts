import '@tensorflow/tfjs-backend-cpu';
import {
  Interpreter,
  quantization,
  ReaderError,
  tf,
  TFLiteConverter,
  withFloatIO,
} from 'heavy-weights';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensorFlow } from '../../../src/build/node-tensorflow.ts';
import type { Graph } from '../../../src/engine/graph/index.ts';
import { FlatReader } from '../../../src/engine/tflite/flat-reader.ts';
import { readTflite } from '../../../src/engine/tflite/read-tflite.ts';
import { FIELDS } from '../../../src/engine/tflite/schema.ts';
import { writeTflite } from '../../../src/engine/tflite/write-tflite.ts';
import { everyLayer, inputsFor, smallCnn } from './random-models.ts';

beforeAll(() => startTensorFlow());

const dataFor = (model: tf.LayersModel) =>
  function* () {
    yield inputsFor(model, 16, 5);
  };

const MODES = ['float32', 'dynamic', 'float16', 'int8', 'int16x8', 'int4'] as const;

async function networkOf(model: tf.LayersModel, mode: (typeof MODES)[number]) {
  return quantization.quantizePostTraining(model, { mode, representativeDataset: dataFor(model) });
}

function run(bytes: Uint8Array, input: ArrayLike<number>): number[] {
  const interpreter = new Interpreter(bytes);
  interpreter.allocateTensors();
  interpreter.setTensor(interpreter.getInputDetails()[0]!.index, input);
  interpreter.invoke();
  return Array.from(interpreter.getTensor(interpreter.getOutputDetails()[0]!.index), Number);
}

/** A graph as plain values: typed arrays of scales compare by their numbers. */
const plain = (graph: Graph) => ({
  ...graph,
  tensors: graph.tensors.map(({ quantization: q, ...tensor }) => ({
    ...tensor,
    quantization: q && { ...q, scales: [...q.scales], zeroPoints: [...q.zeroPoints] },
  })),
});

describe('a .tflite file', () => {
  it.each(MODES)('in %s holds the network whole: read again it is the same', async (mode) => {
    for (const model of [everyLayer(3), smallCnn(4)]) {
      const { graph } = await networkOf(model, mode);
      expect(plain(readTflite(writeTflite(graph)))).toEqual(plain(graph));
    }
  });

  it.each(MODES)('in %s computes what the network computes, bit by bit', async (mode) => {
    const model = everyLayer(7);
    const network = await networkOf(model, mode);
    const bytes = await TFLiteConverter.fromQuantizedModel(network).convert();
    const x = inputsFor(model, 3, 8);
    const expected = (network.predict(x) as tf.Tensor).arraySync() as number[][];
    const examples = x.arraySync() as number[][];
    examples.forEach((example, i) => {
      expect(run(bytes, (example as number[]).flat(Infinity) as number[])).toEqual(expected[i]);
    });
  });

  it('is laid out as runtimes want it', async () => {
    const { graph } = await networkOf(smallCnn(1), 'int8');
    const bytes = writeTflite(graph);
    expect(new TextDecoder().decode(bytes.subarray(4, 8))).toBe('TFL3');
    const model = new FlatReader(bytes).root();
    expect(model.uint32(FIELDS.model.version, '')).toBe(3);
    const buffers = model.tables(FIELDS.model.buffers, '', 1000);
    expect(buffers[0]!.bytes(0, '')).toBeUndefined();
    expect(buffers.length).toBe(1 + graph.tensors.filter(({ data }) => data).length);
    for (const buffer of buffers.slice(1)) {
      expect(buffer.bytes(0, '')!.byteOffset % 16).toBe(0);
    }
    const codes = model.tables(FIELDS.model.operatorCodes, '', 1000).map((table) => ({
      old: table.uint8(0, ''),
      now: table.int32(3, ''),
      version: table.int32(2, '', 1),
    }));
    // CONV_2D 3, FULLY_CONNECTED 4, QUANTIZE 1, DEQUANTIZE 2, RESHAPE 1.
    expect(codes).toEqual(
      expect.arrayContaining([
        { old: 3, now: 3, version: 3 },
        { old: 9, now: 9, version: 4 },
        { old: 114, now: 114, version: 1 },
        { old: 6, now: 6, version: 2 },
        { old: 22, now: 22, version: 1 },
      ]),
    );
    const scales = graph.tensors.find(({ name }) => name === 'conv_2/kernel')!.quantization!;
    expect(scales.scales.length).toBe(6);
  });

  it('has no place for groups', async () => {
    const grouped = await quantization.quantizePostTraining(smallCnn(1), {
      mode: 'int4',
      granularity: { groupSize: 4 },
    });
    expect(() => writeTflite(grouped.graph)).toThrow(
      expect.objectContaining({ code: 'groups-not-in-tflite' }),
    );
  });
});

describe('TFLiteConverter', () => {
  const typesOf = async (model: tf.LayersModel, options: object) => {
    const bytes = await TFLiteConverter.fromLayersModel(model, options).convert();
    const interpreter = new Interpreter(bytes);
    const kernel = interpreter.getTensorDetails().find(({ name }) => name === 'big/kernel')!;
    const [input, output] = [interpreter.getInputDetails()[0]!, interpreter.getOutputDetails()[0]!];
    return { kernel: kernel.dtype, input: input.dtype, output: output.dtype };
  };
  const big = () =>
    tf.sequential({ layers: [tf.layers.dense({ name: 'big', units: 64, inputShape: [32] })] });
  const representativeDataset = () => [tf.randomUniform([4, 32], -1, 1, 'float32', 3)];
  const DEFAULT = { optimizations: ['DEFAULT'] };
  const INT16 = 'EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8';

  it.each([
    ['nothing', {}, ['float32', 'float32', 'float32']],
    ['a data set alone', { representativeDataset }, ['float32', 'float32', 'float32']],
    ['DEFAULT', DEFAULT, ['int8', 'float32', 'float32']],
    [
      'float16',
      { ...DEFAULT, targetSpec: { supportedTypes: ['float16'] } },
      ['float16', 'float32', 'float32'],
    ],
    [
      'int4',
      { ...DEFAULT, targetSpec: { supportedTypes: ['int4'] } },
      ['int4', 'float32', 'float32'],
    ],
    ['a data set', { ...DEFAULT, representativeDataset }, ['int8', 'float32', 'float32']],
    [
      'int8 ends',
      {
        ...DEFAULT,
        representativeDataset,
        inferenceInputType: 'int8',
        inferenceOutputType: 'int8',
      },
      ['int8', 'int8', 'int8'],
    ],
    [
      '16x8',
      {
        ...DEFAULT,
        representativeDataset,
        targetSpec: { supportedOps: [INT16] },
        inferenceOutputType: 'int16',
      },
      ['int8', 'float32', 'int16'],
    ],
  ])(
    'does with %s what the converter of TensorFlow does',
    async (_, options, [kernel, input, output]) => {
      expect(await typesOf(big(), options)).toEqual({ kernel, input, output });
    },
  );

  it('makes integers of a model that was trained quantized', async () => {
    const model = smallCnn(2);
    const trained = quantization.quantizeModel(model);
    await quantization.calibrateRangesInPlace(trained, dataFor(model));
    const bytes = await TFLiteConverter.fromLayersModel(trained).convert();
    const x = inputsFor(model, 1, 3);
    const network = quantization.convertQuantizedModel(trained);
    expect(run(bytes, x.dataSync())).toEqual(
      Array.from((network.predict(x) as tf.Tensor).dataSync()),
    );
  });

  it.each([
    ['optimizations', { optimizations: ['SPEED'] }, 'converter-option-unknown'],
    ['supportedTypes', { targetSpec: { supportedTypes: ['uint8'] } }, 'converter-option-unknown'],
    ['inferenceInputType', { inferenceInputType: 'uint8' }, 'converter-option-unknown'],
    ['int8 ends of a float model', { inferenceInputType: 'int8' }, 'inference-type-impossible'],
    [
      'integers without data',
      { ...DEFAULT, targetSpec: { supportedOps: ['TFLITE_BUILTINS_INT8'] } },
      'dataset-missing',
    ],
  ])('refuses %s', async (_, options, code) => {
    const converter = TFLiteConverter.fromLayersModel(big(), options as never);
    await expect(converter.convert()).rejects.toMatchObject({ code });
  });
});

describe('withFloatIO', () => {
  it('lets floats in and out of integers, and computes the same between', async () => {
    const model = everyLayer(5);
    const options = { optimizations: ['DEFAULT'], representativeDataset: dataFor(model) } as const;
    const integers = await TFLiteConverter.fromLayersModel(model, {
      ...options,
      inferenceInputType: 'int8',
      inferenceOutputType: 'int8',
    }).convert();
    const floats = await TFLiteConverter.fromLayersModel(model, options).convert();
    const x = inputsFor(model, 1, 6).dataSync();
    expect(new Interpreter(integers).getInputDetails()[0]!.dtype).toBe('int8');
    expect(run(withFloatIO(integers), x)).toEqual(run(floats, x));
    expect(run(withFloatIO(floats), x)).toEqual(run(floats, x));
  });
});

describe('Interpreter', () => {
  const file = async () => TFLiteConverter.fromLayersModel(smallCnn(1)).convert();
  const codeOf = (call: () => unknown): string => {
    try {
      call();
    } catch (error) {
      expect(error).toBeInstanceOf(ReaderError);
      return (error as ReaderError).code;
    }
    return 'none';
  };

  it('traces every tensor of the last run', async () => {
    const model = smallCnn(1);
    const interpreter = new Interpreter(await file());
    interpreter.allocateTensors();
    const x = inputsFor(model, 1, 2);
    interpreter.setTensor(interpreter.getInputDetails()[0]!.index, x.dataSync());
    interpreter.invoke();
    const traced = interpreter.trace();
    expect(traced.length).toBe(interpreter.getTensorDetails().length);
    const relu = traced.find(({ name }) => name === 'relu_1')!;
    const part = tf.model({
      inputs: model.inputs,
      outputs: model.getLayer('relu_1').output as tf.SymbolicTensor,
    });
    const expected = (part.predict(x) as tf.Tensor).dataSync();
    expect(relu.constant).toBe(false);
    expect(relu.data.length).toBe(expected.length);
    expected.forEach((value, i) => expect(relu.data[i]).toBeCloseTo(value, 4));
    expect(traced.find(({ name }) => name === 'conv_1/kernel')!.constant).toBe(true);
  });

  it('says what is missing or does not fit', async () => {
    const interpreter = new Interpreter(await file());
    expect(codeOf(() => interpreter.invoke())).toBe('tensors-not-allocated');
    interpreter.allocateTensors();
    const input = interpreter.getInputDetails()[0]!.index;
    expect(codeOf(() => interpreter.setTensor(input, new Float32Array(3)))).toBe(
      'tensor-values-do-not-fit',
    );
    expect(codeOf(() => interpreter.setTensor(input, null as never))).toBe(
      'tensor-values-do-not-fit',
    );
    expect(codeOf(() => interpreter.setTensor(99, new Float32Array(64)))).toBe('tensor-unknown');
    const kernel = interpreter.getTensorDetails().find(({ name }) => name === 'conv_1/kernel')!;
    expect(codeOf(() => interpreter.setTensor(kernel.index, new Float32Array(36)))).toBe(
      'not-an-input',
    );
    expect(codeOf(() => interpreter.getTensor(-1))).toBe('tensor-unknown');
  });

  it('takes integers only where integers go in', async () => {
    const model = smallCnn(1);
    const bytes = await TFLiteConverter.fromLayersModel(model, {
      optimizations: ['DEFAULT'],
      representativeDataset: dataFor(model),
      inferenceInputType: 'int8',
    }).convert();
    const interpreter = new Interpreter(bytes);
    interpreter.allocateTensors();
    const input = interpreter.getInputDetails()[0]!.index;
    for (const wrong of [0.5, 200, NaN]) {
      const values = new Float32Array(64).fill(1);
      values[3] = wrong;
      expect(codeOf(() => interpreter.setTensor(input, values))).toBe('tensor-values-do-not-fit');
    }
  });

  it.each([
    ['an empty file', new Uint8Array(0), 'empty'],
    ['one byte', Uint8Array.of(7), 'other kind'],
    ['a web page', new TextEncoder().encode('<!DOCTYPE html><html></html>'), 'web page'],
    [
      'a git-lfs pointer',
      new TextEncoder().encode('version https://git-lfs.github.com/spec/v1\n'),
      'git-lfs',
    ],
    ['a zip', new TextEncoder().encode('PK\u0003\u0004 and so on'), 'zip'],
  ])('refuses %s', (_, bytes, said) => {
    try {
      new Interpreter(bytes);
      expect.unreachable();
    } catch (error) {
      expect((error as ReaderError).code).toBe('tflite-not-one');
      expect((error as ReaderError).explain).toContain(said);
    }
  });

  it('refuses what is no array of bytes', () => {
    expect(codeOf(() => new Interpreter('TFL3' as never))).toBe('tflite-not-bytes');
  });
});
