import type {
  InspectedTensor,
  ModelInspection,
  TfliteInspection,
  WeightSummary,
} from '../../workbench/inspect.ts';

/** One weight of a row, with how its values are spread. */
export interface RowWeight {
  /** `kernel 5 × 5 × 1 × 16` */
  label: string;
  size: number;
  summary: WeightSummary;
}

/** One layer of a model or one operator of a file, as the table shows it. */
export interface LayerRow {
  name: string;
  kind: string;
  output: string;
  parameters: number;
  bytes: number;
  /** Undefined where they are not known. */
  macs: number | undefined;
  zeros: number;
  weights: RowWeight[];
}

/** `5 × 5 × 1`; a size that is open is `?`, no axes at all `one number`. */
export const shapeText = (shape: readonly number[]): string =>
  shape.length === 0 ? 'one number' : shape.map((size) => (size < 0 ? '?' : size)).join(' × ');

/** The rows of the table, in the order in which they run. */
export const layerRows = (inspection: ModelInspection | TfliteInspection): LayerRow[] =>
  inspection.kind === 'model' ? rowsOfModel(inspection) : rowsOfFile(inspection);

const rowsOfModel = ({ layers }: ModelInspection): LayerRow[] =>
  layers.map(({ name, className, outputShape, calls, parameters, bytes, macs, weights }) => ({
    name,
    kind: calls > 1 ? `${className}, called ${calls} times` : className,
    output: shapeText(outputShape),
    parameters,
    bytes,
    macs,
    zeros: weights.reduce((sum, weight) => sum + weight.zeros, 0),
    weights: weights.map(({ role, shape, ...summary }) => ({
      label: `${role} ${shapeText(shape)}`,
      size: sizeOf(shape),
      summary,
    })),
  }));

/** A constant that several operators read is counted with the first. */
const rowsOfFile = ({ operators, tensors }: TfliteInspection): LayerRow[] => {
  const seen = new Set<number>();
  return operators.map(({ code, version, inputs, outputs, macs }) => {
    const constants = inputs.flatMap((index) => {
      const tensor = tensors[index];
      if (!tensor?.constant || seen.has(index)) return [];
      seen.add(index);
      return [tensor];
    });
    const output = tensors[outputs[0] ?? -1];
    const values = constants.filter(isWeight);
    return {
      name: output?.name ?? code,
      kind: `${code}, version ${version}`,
      output: output ? `${shapeText(output.shape)} ${output.type}` : '',
      parameters: values.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
      bytes: constants.reduce((sum, { constant }) => sum + (constant?.bytes ?? 0), 0),
      macs,
      zeros: values.reduce((sum, { constant }) => sum + (constant?.values?.zeros ?? 0), 0),
      weights: values.flatMap(({ name, shape, type, constant }) =>
        constant?.values
          ? [
              {
                label: `${name} ${shapeText(shape)} ${type}`,
                size: sizeOf(shape),
                summary: constant.values,
              },
            ]
          : [],
      ),
    };
  });
};

/** Integers without a scale are shapes, axes and the like. */
const isWeight = ({ type, quantization }: InspectedTensor): boolean =>
  type.startsWith('float') || quantization !== undefined;

const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1);

/** Edges of a histogram's bins, one more than there are counts; undefined where all values are one and the same 0. */
export const binEdges = ({ histogram: { limit, counts } }: WeightSummary): number[] | undefined =>
  limit === 0
    ? undefined
    : Array.from({ length: counts.length + 1 }, (_, i) => limit * ((2 * i) / counts.length - 1));
