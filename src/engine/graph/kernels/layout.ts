import type { OperatorOptions } from '../graph.ts';
import { sizeOf, type Kernel, type OperatorSite } from '../operator-site.ts';

type Numbers = Float32Array | Int8Array | Int16Array | Int32Array;

/** RESHAPE: the same values under another shape. @internal */
export function prepareReshape(site: OperatorSite): Kernel {
  requireSameType(site, 0);
  if (sizeOf(site.input(0).shape) !== sizeOf(site.output.shape)) {
    throw site.shapesError(
      `[${site.input(0).shape.join(', ')}] cannot become [${site.output.shape.join(', ')}]`,
    );
  }
  const source = site.data(0) as Numbers;
  const out = site.outputData as Numbers;
  return () => out.set(source);
}

/** CONCATENATION of tensors of one scale along an axis. @internal */
export function prepareConcatenation(
  site: OperatorSite,
  { axis: given }: OperatorOptions['CONCATENATION'],
): Kernel {
  const { shape } = site.output;
  const axis = given < 0 ? given + shape.length : given;
  const outer = sizeOf(shape.slice(0, axis));
  const inner = sizeOf(shape.slice(axis + 1));
  const out = site.outputData as Numbers;
  let start = 0;
  const parts = site.operator.inputs.map((_, position) => {
    requireSameType(site, position);
    requireSameScale(site, position);
    const length = site.input(position).shape[axis]! * inner;
    const part = { data: site.data(position) as Numbers, length, start };
    start += length;
    return part;
  });
  const stride = shape[axis]! * inner;
  if (start !== stride) {
    throw site.shapesError(`its inputs do not fill [${shape.join(', ')}] along axis ${axis}`);
  }
  return () => {
    for (const { data, length, start: at } of parts) {
      for (let o = 0; o < outer; o++) {
        out.set(data.subarray(o * length, (o + 1) * length), o * stride + at);
      }
    }
  };
}

/** PAD with zeros, which among integers are the zero point. @internal */
export function preparePad(site: OperatorSite): Kernel {
  requireSameType(site, 0);
  requireSameScale(site, 0);
  const { shape } = site.input(0);
  const paddings = site.constant(1) as Int32Array;
  const padded = shape.map((size, i) => size + paddings[2 * i]! + paddings[2 * i + 1]!);
  if (padded.join() !== site.output.shape.join()) {
    throw site.shapesError(`the padded data have the shape [${padded.join(', ')}]`);
  }
  const source = site.data(0) as Numbers;
  const out = site.outputData as Numbers;
  const filler = site.output.type === 'float32' ? 0 : site.scaleOf(site.output).zeroPoint;
  const rank = shape.length;
  const line = shape[rank - 1]!;
  const starts = lineStarts(shape, padded, paddings);
  return () => {
    out.fill(filler);
    starts.forEach((to, i) => out.set(source.subarray(i * line, (i + 1) * line), to));
  };
}

/** Where in the padded data each line of the source begins. */
function lineStarts(
  shape: readonly number[],
  padded: readonly number[],
  paddings: Int32Array,
): number[] {
  let starts = [0];
  for (let axis = 0; axis < shape.length - 1; axis++) {
    starts = starts.flatMap((start) =>
      Array.from(
        { length: shape[axis]! },
        (_, i) => start * padded[axis]! + paddings[2 * axis]! + i,
      ),
    );
  }
  const last = shape.length - 1;
  return starts.map((start) => start * padded[last]! + paddings[2 * last]!);
}

function requireSameType(site: OperatorSite, position: number): void {
  if (site.input(position).type !== site.output.type) throw site.typesError();
}

function requireSameScale(site: OperatorSite, position: number): void {
  if (site.output.type === 'float32') return;
  const a = site.scaleOf(site.input(position));
  const b = site.scaleOf(site.output);
  if (a.scale === b.scale && a.zeroPoint === b.zeroPoint) return;
  throw site.error(
    'scales-differ',
    `${site.input(position).name} and ${site.output.name} must have one scale and zero point`,
    'Put a QUANTIZE before it.',
  );
}
