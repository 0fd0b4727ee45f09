import { sizeOf, type Kernel, type OperatorSite } from '../operator-site.ts';

type Numbers = Float32Array | Int8Array | Int16Array | Int32Array;

/** TRANSPOSE: axis i of the output is axis permutation[i] of the data. @internal */
export function prepareTranspose(site: OperatorSite): Kernel {
  const { shape, type } = site.input(0);
  const { output } = site;
  if (type !== output.type) throw site.typesError();
  const permutation = [...(site.constant(1) as Int32Array)];
  const isPermutation =
    permutation.length === shape.length && shape.every((_, axis) => permutation.includes(axis));
  const permuted = permutation.map((axis) => shape[axis]!);
  if (!isPermutation || permuted.join() !== output.shape.join()) {
    throw site.shapesError(
      `[${shape.join(', ')}] permuted by [${permutation.join(', ')}] is not [${output.shape.join(', ')}]`,
    );
  }
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const from = new Int32Array(sizeOf(shape));
  for (let i = 0; i < from.length; i++) {
    let rest = i;
    for (let axis = permuted.length - 1; axis >= 0; axis--) {
      const position = rest % permuted[axis]!;
      rest = (rest - position) / permuted[axis]!;
      from[i] = from[i]! + position * strides[permutation[axis]!]!;
    }
  }
  const source = site.data(0) as Numbers;
  const out = site.outputData as Numbers;
  return () => {
    for (let i = 0; i < from.length; i++) out[i] = source[from[i]!]!;
  };
}
