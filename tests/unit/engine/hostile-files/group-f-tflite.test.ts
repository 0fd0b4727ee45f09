/** Group F, F7 to F18: .tflite files that do harm. Each is refused, soon, in little memory, and says why. */
import '@tensorflow/tfjs-backend-cpu';
import { Builder } from 'flatbuffers';
import { Interpreter } from 'heavy-weights';
import { afterAll, describe, expect, it } from 'vitest';
import { writeTflite } from '../../../../src/engine/tflite/write-tflite.ts';
import type { Bytes } from './altered.ts';
import { viewOf } from './altered.ts';
import { outcomeOf, OPEN, refused, watchMemory } from './attempt.ts';
import {
  BUFFER,
  CODE,
  FlatPlace,
  MODEL,
  OPERATOR_FIELD,
  operatorOf,
  QUANTIZATION,
  quantizationOf,
  SUBGRAPH,
  subgraphOf,
  TENSOR_FIELD,
  tensorOf,
} from './flat-places.ts';
import { OPERATOR, SMALL_GRAPH, smallTflite, TENSOR } from './small-files.ts';

type Change = (view: DataView, bytes: Bytes) => void;

/** A copy of the small file, changed. */
function altered(change: Change): Bytes {
  const bytes = smallTflite();
  change(viewOf(bytes), bytes);
  return bytes;
}

async function refusedWith(change: Change, what: RegExp | string): Promise<void> {
  const error = await refused('tflite', altered(change), String(what));
  expect(error.explain).toMatch(what);
}

afterAll(async () => {
  expect(await outcomeOf(OPEN.tflite, smallTflite())).toBe('opened');
});

/** A file built field by field, as no writer would; gives the offset of its model. */
function built(write: (builder: Builder) => number): Bytes {
  const builder = new Builder(1024);
  builder.finish(write(builder), 'TFL3');
  return builder.asUint8Array().slice() as Bytes;
}

const table = (builder: Builder, fields: number, write: () => void): number => {
  builder.startObject(fields);
  write();
  return builder.endObject();
};
const many = (builder: Builder, offset: number, count: number): number => {
  builder.startVector(4, count, 4);
  for (let i = 0; i < count; i++) builder.addOffset(offset);
  return builder.endVector();
};
const ints = (builder: Builder, values: ArrayLike<number>): number => {
  builder.startVector(4, values.length, 4);
  for (let i = values.length - 1; i >= 0; i--) builder.addInt32(values[i]!);
  return builder.endVector();
};
const model = (
  builder: Builder,
  parts: { codes?: number; subgraphs?: number; buffers?: number },
): number =>
  table(builder, 5, () => {
    builder.addFieldInt32(MODEL.version, 3, 0);
    builder.addFieldOffset(MODEL.operatorCodes, parts.codes ?? 0, 0);
    builder.addFieldOffset(MODEL.subgraphs, parts.subgraphs ?? 0, 0);
    builder.addFieldOffset(MODEL.buffers, parts.buffers ?? 0, 0);
  });

describe('group F, .tflite', () => {
  it('F7 vector length 2^32−1', async () => {
    const places: [string, (bytes: Bytes) => number][] = [
      ['operator codes', (bytes) => FlatPlace.root(bytes).vector(MODEL.operatorCodes).at],
      ['subgraphs', (bytes) => FlatPlace.root(bytes).vector(MODEL.subgraphs).at],
      ['buffers', (bytes) => FlatPlace.root(bytes).vector(MODEL.buffers).at],
      ['tensors', (bytes) => subgraphOf(bytes).vector(SUBGRAPH.tensors).at],
      ['operators', (bytes) => subgraphOf(bytes).vector(SUBGRAPH.operators).at],
      ['inputs', (bytes) => subgraphOf(bytes).vector(SUBGRAPH.inputs).at],
      ['shape', (bytes) => tensorOf(bytes, TENSOR.x).vector(TENSOR_FIELD.shape).at],
      ['name', (bytes) => tensorOf(bytes, TENSOR.x).vector(TENSOR_FIELD.name).at],
      ['scales', (bytes) => quantizationOf(bytes, TENSOR.kernel).vector(QUANTIZATION.scale).at],
      ['zero points', (bytes) => quantizationOf(bytes, TENSOR.x).vector(QUANTIZATION.zeroPoint).at],
      ['outputs', (bytes) => operatorOf(bytes, 0).vector(OPERATOR_FIELD.outputs).at],
      ['data', (bytes) => FlatPlace.root(bytes).tableOf(MODEL.buffers, 1).vector(BUFFER.data).at],
    ];
    for (const [what, placeOf] of places) {
      await refusedWith(
        (view, bytes) => view.setUint32(placeOf(bytes), 2 ** 32 - 1, true),
        new RegExp(`${what}.*4294967295 elements, more than the file holds`),
      );
    }
  });

  it('F8 offsets that lead in a circle, and tables that many share', async () => {
    // The model stands in its own list of subgraphs, the subgraph in its own list of tensors.
    await refusedWith((view, bytes) => {
      const at = FlatPlace.root(bytes).vector(MODEL.subgraphs).element(0);
      view.setUint32(at, 2 ** 32 + FlatPlace.root(bytes).at - at, true);
    }, 'leads past its end');
    const self = built((builder) => {
      const subgraph = table(builder, 1, () => builder.addFieldInt32(0, 0, -1));
      return model(builder, { subgraphs: many(builder, subgraph, 1) });
    });
    const inside = subgraphOf(self);
    // An offset of 0 is the place of the offset itself.
    await refused('tflite', self);
    expect(inside.view.getInt32(inside.field(0), true)).toBe(0);

    // A small file in which 20,000 tensors are one table, with its 64 kB of data.
    const tensors = built((builder) => {
      const data = builder.createByteVector(new Uint8Array(2 ** 16));
      const empty = table(builder, 1, () => undefined);
      const full = table(builder, 1, () => builder.addFieldOffset(BUFFER.data, data, 0));
      builder.startVector(4, 2, 4);
      builder.addOffset(full);
      builder.addOffset(empty);
      const buffers = builder.endVector();
      const shape = ints(builder, [2 ** 16]);
      const tensor = table(builder, 5, () => {
        builder.addFieldOffset(TENSOR_FIELD.shape, shape, 0);
        builder.addFieldInt8(TENSOR_FIELD.type, 9, -1);
        builder.addFieldInt32(TENSOR_FIELD.buffer, 1, -1);
      });
      const list = many(builder, tensor, 20_000);
      const subgraph = table(builder, 5, () => builder.addFieldOffset(SUBGRAPH.tensors, list, 0));
      return model(builder, { subgraphs: many(builder, subgraph, 1), buffers });
    });
    expect(tensors.length).toBeLessThan(200_000);
    expect((await refused('tflite', tensors, 'shared tensors')).code).toBe('tflite-too-large');

    // Names, shapes, scales and inputs that are long and shared.
    const length = 25_000;
    for (const [what, write] of [
      ['names', (b: Builder) => [TENSOR_FIELD.name, b.createString('n'.repeat(4 * length))]],
      ['shapes', (b: Builder) => [TENSOR_FIELD.shape, ints(b, new Int32Array(length).fill(1))]],
    ] as const) {
      const bytes = built((builder) => {
        const [field, offset] = write(builder) as [number, number];
        const tensor = table(builder, 5, () => builder.addFieldOffset(field, offset, 0));
        const list = many(builder, tensor, 20_000);
        const subgraph = table(builder, 5, () => builder.addFieldOffset(SUBGRAPH.tensors, list, 0));
        return model(builder, { subgraphs: many(builder, subgraph, 1) });
      });
      await refused('tflite', bytes, what);
    }
    const operators = built((builder) => {
      const inputs = ints(builder, new Int32Array(length));
      const outputs = ints(builder, [0]);
      const operator = table(builder, 5, () => {
        builder.addFieldOffset(OPERATOR_FIELD.inputs, inputs, 0);
        builder.addFieldOffset(OPERATOR_FIELD.outputs, outputs, 0);
      });
      const code = table(builder, 4, () => builder.addFieldInt32(CODE.builtin, 0, -1));
      const list = many(builder, operator, 20_000);
      const subgraph = table(builder, 5, () => builder.addFieldOffset(SUBGRAPH.operators, list, 0));
      return model(builder, {
        codes: many(builder, code, 1),
        subgraphs: many(builder, subgraph, 1),
      });
    });
    expect((await refused('tflite', operators, 'shared inputs')).code).toBe('tflite-too-large');
    const codes = built((builder) => {
      const name = builder.createString('c'.repeat(2 ** 18));
      const code = table(builder, 4, () => {
        builder.addFieldOffset(CODE.custom, name, 0);
        builder.addFieldInt8(CODE.old, 32, 0);
      });
      return model(builder, { codes: many(builder, code, 90_000) });
    });
    expect((await refused('tflite', codes, 'shared codes')).code).toBe('tflite-too-large');
  });

  it('F8 more tables of a kind than are read', async () => {
    const bytes = built((builder) => {
      const empty = table(builder, 1, () => undefined);
      return model(builder, { buffers: many(builder, empty, 100_001) });
    });
    expect((await refused('tflite', bytes)).explain).toContain('100001 buffers');
  });

  it('F9 union type out of range, or of another operator', async () => {
    // ReshapeOptions, none there is, and the last there can be.
    for (const number of [17, 127, 255]) {
      await refusedWith((view, bytes) => {
        const operator = operatorOf(bytes, OPERATOR.conv);
        view.setUint8(operator.field(OPERATOR_FIELD.optionsType), number);
      }, `CONV_2D has the options of another (number ${number})`);
    }
  });

  it('F10 misaligned vectors and tables', async () => {
    const places: [string, (bytes: Bytes) => number][] = [
      ['shape', (bytes) => tensorOf(bytes, TENSOR.x).field(TENSOR_FIELD.shape)],
      ['scales', (bytes) => quantizationOf(bytes, TENSOR.x).field(QUANTIZATION.scale)],
      ['inputs', (bytes) => subgraphOf(bytes).field(SUBGRAPH.inputs)],
      ['subgraphs', (bytes) => FlatPlace.root(bytes).field(MODEL.subgraphs)],
      ['table', (bytes) => subgraphOf(bytes).vector(SUBGRAPH.tensors).element(0)],
    ];
    for (const [what, placeOf] of places) {
      await refusedWith(
        (view, bytes) => {
          const at = placeOf(bytes);
          view.setUint32(at, view.getUint32(at, true) + 1, true);
        },
        new RegExp(`${what}.* is not aligned`),
      );
    }
    // Numbers of 64 bits that lie at a multiple of 4.
    await refusedWith((view, bytes) => {
      const at = quantizationOf(bytes, TENSOR.x).field(QUANTIZATION.zeroPoint);
      view.setUint32(at, view.getUint32(at, true) - 4, true);
    }, /zero points.*(?:is not aligned|more than the file holds)/);
  });

  it('F11 tensor buffer index out of range', async () => {
    for (const number of [6, 9999, 2 ** 32 - 1]) {
      await refusedWith((view, bytes) => {
        view.setUint32(tensorOf(bytes, TENSOR.kernel).field(TENSOR_FIELD.buffer), number, true);
      }, `tensor 1 (kernel) names buffer ${number}, and there are 6`);
    }
  });

  it('F12 opcode index out of range', async () => {
    for (const number of [4, 9999, 2 ** 32 - 1]) {
      await refusedWith((view, bytes) => {
        view.setUint32(operatorOf(bytes, OPERATOR.add).field(OPERATOR_FIELD.code), number, true);
      }, `operator 3 names operator code ${number} of 4`);
    }
  });

  it('F13 operator input −2 or 9999, output written twice, graph cycle', async () => {
    const input = (operator: number, position: number, value: number): Change => {
      return (view, bytes) => {
        const inputs = operatorOf(bytes, operator).vector(OPERATOR_FIELD.inputs);
        view.setInt32(inputs.element(position), value, true);
      };
    };
    const output = (operator: number, value: number): Change => {
      return (view, bytes) => {
        const outputs = operatorOf(bytes, operator).vector(OPERATOR_FIELD.outputs);
        view.setInt32(outputs.element(0), value, true);
      };
    };
    await refusedWith(input(OPERATOR.conv, 1, -2), 'is tensor -2, and there are 10');
    await refusedWith(input(OPERATOR.conv, 1, 9999), 'is tensor 9999, and there are 10');
    await refusedWith(output(OPERATOR.conv, -1), 'is tensor -1, and there are 10');
    await refusedWith(output(OPERATOR.add, TENSOR.y), 'is written twice');
    await refusedWith(output(OPERATOR.conv, TENSOR.kernel), 'is written twice, or is a constant');
    await refusedWith(output(OPERATOR.conv, TENSOR.x), 'is written twice');
    await refusedWith(input(OPERATOR.add, 1, TENSOR.sum), 'reads tensor 9 before it is written');
    await refusedWith(input(OPERATOR.reshape, 0, TENSOR.y), 'reads tensor 8 before it is written');
    // What may be left out is a bias, and nothing else.
    await refused('tflite', altered(input(OPERATOR.conv, 1, -1)));
    await refusedWith((view, bytes) => {
      view.setInt32(subgraphOf(bytes).vector(SUBGRAPH.outputs).element(0), 77, true);
    }, 'an output of the model is tensor 77');
  });

  it('F17 quantization: scales, zero points, axes', async () => {
    for (const scale of [0, -0, NaN, -1, Infinity]) {
      await refusedWith((view, bytes) => {
        const scales = quantizationOf(bytes, TENSOR.pixels).vector(QUANTIZATION.scale);
        view.setFloat32(scales.element(0), scale, true);
      }, 'a scale that is not a positive number');
    }
    for (const zeroPoint of [128n, -129n, 2n ** 63n - 1n]) {
      await refusedWith((view, bytes) => {
        const { at } = quantizationOf(bytes, TENSOR.pixels).vector(QUANTIZATION.zeroPoint);
        view.setBigInt64(at + 4, zeroPoint, true);
      }, 'a zero point outside of -128 … 127');
    }
    // Three scales for two channels: the vector is said to be longer.
    await refusedWith((view, bytes) => {
      view.setUint32(quantizationOf(bytes, TENSOR.kernel).vector(QUANTIZATION.scale).at, 3, true);
    }, 'tensor 1');
    await refusedWith((view, bytes) => {
      view.setUint32(tensorOf(bytes, TENSOR.kernel).vector(TENSOR_FIELD.shape).element(0), 1, true);
      view.setUint32(tensorOf(bytes, TENSOR.kernel).vector(TENSOR_FIELD.shape).element(3), 2, true);
    }, '2 scales along axis 0 of [1, 1, 1, 2]');
    for (const axis of [-1, 4, 2 ** 31 - 1]) {
      const quantization = { ...SMALL_GRAPH.tensors[TENSOR.kernel]!.quantization!, axis };
      const tensors = SMALL_GRAPH.tensors.with(TENSOR.kernel, {
        ...SMALL_GRAPH.tensors[TENSOR.kernel]!,
        quantization,
      });
      const error = await refused('tflite', writeTflite({ ...SMALL_GRAPH, tensors }));
      expect(error.explain).toContain(`2 scales along axis ${axis} of [2, 1, 1, 1]`);
    }
  });

  it('F18 external buffers, more than 1 GB, custom operators', async () => {
    const external = (offset: bigint, size: bigint): Bytes =>
      built((builder) => {
        const buffer = table(builder, 3, () => {
          builder.addFieldInt64(BUFFER.offset, offset, 0n);
          builder.addFieldInt64(BUFFER.size, size, 0n);
        });
        return model(builder, { buffers: many(builder, buffer, 1) });
      });
    for (const [offset, size] of [
      [2n, 10n],
      [2n ** 40n, 10n],
      [100n, 2n ** 63n - 1n],
    ] as const) {
      const error = await refused('tflite', external(offset, size));
      expect(error.explain).toContain('buffers outside of the flatbuffer');
    }

    const custom = built((builder) => {
      const name = builder.createString('FlexBuffer\u0000junk');
      const code = table(builder, 4, () => {
        builder.addFieldInt8(CODE.old, 32, 0);
        builder.addFieldInt32(CODE.version, 7, 1);
        builder.addFieldOffset(CODE.custom, name, 0);
      });
      const outputs = ints(builder, [0]);
      const options = builder.createByteVector(Uint8Array.of(0xff, 0x28, 1, 0xff, 0xff));
      const operator = table(builder, 7, () => {
        builder.addFieldOffset(OPERATOR_FIELD.outputs, outputs, 0);
        builder.addFieldOffset(5, options, 0);
      });
      const operators = many(builder, operator, 1);
      const subgraph = table(builder, 5, () =>
        builder.addFieldOffset(SUBGRAPH.operators, operators, 0),
      );
      return model(builder, {
        codes: many(builder, code, 1),
        subgraphs: many(builder, subgraph, 1),
      });
    });
    expect(await refused('tflite', custom)).toMatchObject({
      code: 'tflite-operator-unsupported',
      explain: expect.stringContaining('the custom operator FlexBuffer\0junk, version 7'),
    });

    // A file of more than 1 GB, of which no byte but the first is resident.
    const huge = new Uint8Array(2 ** 30 + 4);
    huge.set(smallTflite().subarray(0, 8));
    const peak = watchMemory();
    expect(() => new Interpreter(huge)).toThrow(
      expect.objectContaining({ code: 'tflite-too-large' }),
    );
    expect(peak()).toBeLessThan(2 ** 26);
  });

  it('an operator that is not known is named, with its code and version', async () => {
    await refusedWith((view, bytes) => {
      const code = FlatPlace.root(bytes).tableOf(MODEL.operatorCodes, 0);
      view.setInt32(code.field(CODE.builtin), 36, true);
    }, /GATHER \(code 36\), version \d/);
    await refusedWith((view, bytes) => {
      const code = FlatPlace.root(bytes).tableOf(MODEL.operatorCodes, 0);
      view.setInt32(code.field(CODE.version), 99, true);
    }, 'CONV_2D (code 3), version 99');
  });

  it('a sum that is larger than what is added', async () => {
    for (const size of [4, 2 ** 24]) {
      await refusedWith((view, bytes) => {
        const shape = tensorOf(bytes, TENSOR.sum).vector(TENSOR_FIELD.shape);
        view.setInt32(shape.element(0), size, true);
      }, `operator 3 (ADD) makes [${size}, 3] of [1, 3] and [1, 3]`);
    }
  });

  it('a small file that claims petabytes', async () => {
    await refusedWith((view, bytes) => {
      const shape = tensorOf(bytes, TENSOR.x).vector(TENSOR_FIELD.shape);
      for (let i = 0; i < 4; i++) view.setInt32(shape.element(i), 2 ** 31 - 1, true);
    }, 'elements');
    await refusedWith((view, bytes) => {
      const shape = tensorOf(bytes, TENSOR.kernel).vector(TENSOR_FIELD.shape);
      view.setInt32(shape.element(1), 2 ** 20, true);
    }, 'takes 2097152 bytes and its buffer holds 2');
  });
});
