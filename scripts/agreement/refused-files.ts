import { Builder } from 'flatbuffers';
import { readTflite } from '../../src/engine/tflite/read-tflite.ts';
import {
  FIELDS,
  FILE_IDENTIFIER,
  OPERATOR_NUMBERS,
  SCHEMA_VERSION,
} from '../../src/engine/tflite/schema.ts';
import { int32Vector } from '../../src/engine/tflite/write-options.ts';
import { writeTflite } from '../../src/engine/tflite/write-tflite.ts';
import { writeNetwork } from './written-files.ts';

export interface RefusedFile {
  title: string;
  bytes: Uint8Array;
  /** Values of its input. */
  size: number;
  /** Whether the file runs once `withFloatIO` has rewritten it. */
  runsRewritten: boolean;
}

/** Files that LiteRT does not take: the whole list of kinds. */
export async function refusedFiles(): Promise<RefusedFile[]> {
  const files = await writeNetwork('lenet-300-100');
  const float = files.get('float32')!;
  const int16 = readTflite(files.get('int16x8')!);
  return [
    {
      title: 'int8 in and out',
      bytes: files.get('int8, int8 in and out')!,
      size: 784,
      runsRewritten: true,
    },
    {
      title: 'int16 in and out',
      bytes: writeTflite({
        ...int16,
        operators: int16.operators.slice(1, -1),
        inputs: [int16.operators[0]!.output],
        outputs: [int16.operators.at(-1)!.inputs[0]!],
      }),
      size: 784,
      runsRewritten: true,
    },
    {
      title: 'a batch that is left open',
      bytes: openBatch(),
      size: 4,
      runsRewritten: true,
    },
    {
      title: 'an operator of a version that it does not know',
      bytes: withVersion(float, 99),
      size: 784,
      runsRewritten: false,
    },
    {
      title: 'a file cut short',
      bytes: float.slice(0, float.length / 2),
      size: 784,
      runsRewritten: false,
    },
  ];
}

/** Another version for FULLY_CONNECTED: its number, 9, stands before its version, 1. */
function withVersion(bytes: Uint8Array, version: number): Uint8Array {
  const changed = Buffer.from(bytes);
  const at = changed.indexOf(Buffer.from([9, 0, 0, 0, 1, 0, 0, 0]));
  if (at < 0) throw new Error('The file has no FULLY_CONNECTED of version 1.');
  changed.writeInt32LE(version, at + 4);
  return new Uint8Array(changed);
}

/** Without this field of a tensor LiteRT does not look at its open sizes. */
const HAS_RANK = 8;

/** A RELU of four values whose batch is 1 until someone says otherwise: what tf.lite writes of a Keras model. */
function openBatch(): Uint8Array {
  const builder = new Builder(256);
  const table = (count: number, fill: () => void): number => {
    builder.startObject(count);
    fill();
    return builder.endObject();
  };
  const list = (offsets: number[]): number => {
    builder.startVector(4, offsets.length, 4);
    for (const offset of offsets.toReversed()) builder.addOffset(offset);
    return builder.endVector();
  };
  const tensors = ['in', 'out'].map((text) => {
    const name = builder.createString(text);
    const shape = int32Vector(builder, [1, 4]);
    const signature = int32Vector(builder, [-1, 4]);
    return table(HAS_RANK + 1, () => {
      builder.addFieldOffset(FIELDS.tensor.shape, shape, 0);
      builder.addFieldOffset(FIELDS.tensor.name, name, 0);
      builder.addFieldOffset(FIELDS.tensor.shapeSignature, signature, 0);
      builder.addFieldInt8(HAS_RANK, 1, 0);
    });
  });
  const [input, output] = [int32Vector(builder, [0]), int32Vector(builder, [1])];
  const operator = table(5, () => {
    builder.addFieldOffset(FIELDS.operator.inputs, input, 0);
    builder.addFieldOffset(FIELDS.operator.outputs, output, 0);
  });
  const [tensorList, operators] = [list(tensors), list([operator])];
  const subgraph = table(5, () => {
    builder.addFieldOffset(FIELDS.subgraph.tensors, tensorList, 0);
    builder.addFieldOffset(FIELDS.subgraph.inputs, input, 0);
    builder.addFieldOffset(FIELDS.subgraph.outputs, output, 0);
    builder.addFieldOffset(FIELDS.subgraph.operators, operators, 0);
  });
  const code = table(4, () => {
    builder.addFieldInt8(FIELDS.operatorCode.deprecatedBuiltinCode, OPERATOR_NUMBERS.RELU, 0);
    builder.addFieldInt32(FIELDS.operatorCode.version, 1, 0);
    builder.addFieldInt32(FIELDS.operatorCode.builtinCode, OPERATOR_NUMBERS.RELU, 0);
  });
  const [codes, subgraphs, buffers] = [
    list([code]),
    list([subgraph]),
    list([table(1, () => undefined)]),
  ];
  const model = table(5, () => {
    builder.addFieldInt32(FIELDS.model.version, SCHEMA_VERSION, 0);
    builder.addFieldOffset(FIELDS.model.operatorCodes, codes, 0);
    builder.addFieldOffset(FIELDS.model.subgraphs, subgraphs, 0);
    builder.addFieldOffset(FIELDS.model.buffers, buffers, 0);
  });
  builder.finish(model, FILE_IDENTIFIER);
  return builder.asUint8Array().slice();
}
