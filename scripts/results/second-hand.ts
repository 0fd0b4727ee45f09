/**
 * A second hand for int8 networks: as the reference kernels, but it scales its sums in float32 and rounds once. And the
 * sums themselves, worked out apart from the kernels.
 */
import { activationRange } from '../../src/engine/graph/kernels/activation-range.ts';
import { channelMultipliers } from '../../src/engine/graph/kernels/output-stage.ts';
import type { Graph, GraphOperator, TensorData } from '../../src/engine/graph/graph.ts';
import { OperatorSite } from '../../src/engine/graph/operator-site.ts';
import { multiplyByQuantizedMultiplier } from '../../src/engine/numerics/index.ts';

/** Whether an operator adds up products of weights. */
export const isWeighted = ({ code }: GraphOperator): boolean =>
  code === 'CONV_2D' || code === 'DEPTHWISE_CONV_2D' || code === 'FULLY_CONNECTED';

/** From sums to codes, in either hand. */
export interface Stage {
  units: number;
  zero: number;
  factors: Float32Array;
  shifts: Int32Array;
  twice: (sum: number, channel: number) => number;
  once: (sum: number, channel: number) => number;
  clamp: (value: number) => number;
}

/** How the operator at `index` turns its sums into codes. */
export function stageOf(graph: Graph, buffers: readonly TensorData[], index: number): Stage {
  const operator = graph.operators[index]!;
  const site = new OperatorSite(graph, buffers, index);
  const units = site.output.shape.at(-1)!;
  const dense = operator.code === 'FULLY_CONNECTED';
  const { multipliers, shifts } = channelMultipliers(site, units, dense);
  const { activation } = operator.options as { activation: 'NONE' };
  const { low, high } = activationRange(site, activation);
  const [sx, sy] = [site.scaleOf(site.input(0)).scale, site.scaleOf(site.output).scale];
  const zero = site.scaleOf(site.output).zeroPoint;
  const { scales } = site.quantizationOf(site.input(1));
  const factors = Float32Array.from({ length: units }, (_, c) =>
    Math.fround(Math.fround(sx * scales[scales.length === 1 ? 0 : c]!) / sy),
  );
  return {
    units,
    zero,
    factors,
    shifts,
    twice: (sum, c) => multiplyByQuantizedMultiplier(sum, multipliers[c]!, shifts[c]!),
    once: (sum, c) => roundHalfEven(Math.fround(Math.fround(sum) * factors[c]!)),
    clamp: (value) => Math.max(low, Math.min(high, value + zero)),
  };
}

/** As the processor’s own instruction rounds. */
function roundHalfEven(x: number): number {
  const rounded = Math.round(x);
  return Math.abs(x % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** A mean over height and width in the second hand: the sum, times one factor in float32, rounded once. */
export function meanOnce(
  graph: Graph,
  buffers: readonly TensorData[],
  { inputs, output }: GraphOperator,
): Int8Array {
  const [x, y] = [graph.tensors[inputs[0]!]!, graph.tensors[output]!];
  const codes = buffers[inputs[0]!] as Int8Array;
  const channels = y.shape.at(-1)!;
  const pixels = codes.length / channels;
  const [from, to] = [x.quantization!, y.quantization!];
  const factor = Math.fround(from.scales[0]! / Math.fround(to.scales[0]! * pixels));
  const sums = new Int32Array(channels).fill(-pixels * from.zeroPoints[0]!);
  codes.forEach((code, i) => (sums[i % channels]! += code));
  return Int8Array.from(sums, (sum) =>
    Math.max(-128, Math.min(127, roundHalfEven(Math.fround(sum * factor)) + to.zeroPoints[0]!)),
  );
}

/** The sums of a layer in whole numbers, bias and all, in the order of its outputs. */
export function accumulate(
  graph: Graph,
  buffers: readonly TensorData[],
  operator: GraphOperator,
): Int32Array {
  const [x, w, b] = operator.inputs as [number, number, number];
  const depthwise = operator.code === 'DEPTHWISE_CONV_2D';
  const { height, width, rows, columns, units, inRows, inColumns, depth, stride, top, left } =
    geometryOf(graph, operator);
  const input = buffers[x] as Int8Array;
  const weights = buffers[w] as Int8Array;
  const bias = buffers[b] as Int32Array;
  const zero = graph.tensors[x]!.quantization!.zeroPoints[0]!;
  const sums = new Int32Array(rows * columns * units);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let unit = 0; unit < units; unit++, at++) {
        let sum = bias[unit]!;
        for (let i = 0; i < height; i++) {
          const y = row * stride + i - top;
          if (y < 0 || y >= inRows) continue;
          for (let j = 0; j < width; j++) {
            const z = column * stride + j - left;
            if (z < 0 || z >= inColumns) continue;
            const from = (y * inColumns + z) * depth;
            if (depthwise) {
              sum += (input[from + unit]! - zero) * weights[(i * width + j) * units + unit]!;
              continue;
            }
            const filter = ((unit * height + i) * width + j) * depth;
            for (let k = 0; k < depth; k++) sum += (input[from + k]! - zero) * weights[filter + k]!;
          }
        }
        sums[at] = sum;
      }
    }
  }
  return sums;
}

/** A dense layer is a convolution of one pixel. */
function geometryOf(graph: Graph, operator: GraphOperator) {
  const { shape } = graph.tensors[operator.inputs[1]!]!;
  const out = graph.tensors[operator.output]!.shape;
  const units = out.at(-1)!;
  if (operator.code === 'FULLY_CONNECTED') {
    const one = { height: 1, width: 1, rows: 1, columns: 1, inRows: 1, inColumns: 1 };
    return { ...one, units, depth: shape[1]!, stride: 1, top: 0, left: 0 };
  }
  const [, inRows, inColumns, depth] = graph.tensors[operator.inputs[0]!]!.shape as [
    number,
    number,
    number,
    number,
  ];
  const [height, width, rows, columns] = [shape[1]!, shape[2]!, out[1]!, out[2]!];
  const { strideHeight: stride, padding } = operator.options as {
    strideHeight: number;
    padding: string;
  };
  const before = (size: number, outputs: number, kernel: number): number =>
    padding === 'VALID' ? 0 : Math.max(0, (outputs - 1) * stride + kernel - size) >> 1;
  return {
    height,
    width,
    rows,
    columns,
    units,
    inRows,
    inColumns,
    depth,
    stride,
    top: before(inRows, rows, height),
    left: before(inColumns, columns, width),
  };
}

/** What one step of one input makes in all the outputs that read it, on the average over the inputs: Σ M·|q_w|. */
export function offspringOf(
  graph: Graph,
  operator: GraphOperator,
  { factors, units }: Stage,
): number {
  const weights = graph.tensors[operator.inputs[1]!]!.data as Int8Array;
  const depthwise = operator.code === 'DEPTHWISE_CONV_2D';
  const { depth, stride } = geometryOf(graph, operator);
  const terms = weights.length / units;
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const channel = depthwise ? i % units : Math.floor(i / terms);
    sum += factors[channel]! * Math.abs(weights[i]!);
  }
  return sum / (depth * stride * stride);
}
