import { ReaderError } from '../../shared/reader-error.ts';
import type {
  FusedActivation,
  GraphOperator,
  OperatorCode,
  OperatorOptions,
} from '../graph/graph.ts';
import { damaged, type FlatTable } from './flat-reader.ts';
import { operatorName } from './operator-names.ts';
import { ACTIVATIONS, FIELDS, OPERATOR_NUMBERS, OPTION_NUMBERS, PADDINGS } from './schema.ts';

/** A kind of operator that a file uses. */
export interface OperatorKind {
  code: OperatorCode;
  version: number;
}

/** The newest version of each operator whose meaning the engine's kernels have. */
const NEWEST: Record<OperatorCode, number> = {
  ADD: 3,
  AVERAGE_POOL_2D: 3,
  CONCATENATION: 3,
  CONV_2D: 8,
  DEPTHWISE_CONV_2D: 7,
  DEQUANTIZE: 6,
  FULLY_CONNECTED: 13,
  LEAKY_RELU: 2,
  LOGISTIC: 3,
  MAX_POOL_2D: 3,
  MEAN: 3,
  MUL: 4,
  PAD: 4,
  QUANTIZE: 3,
  RELU: 3,
  RELU6: 3,
  RESHAPE: 1,
  SOFTMAX: 3,
  SUB: 5,
  TANH: 3,
  TRANSPOSE: 5,
};

const CODES = new Map(
  Object.entries(OPERATOR_NUMBERS).map(([code, number]) => [number, code as OperatorCode]),
);

const CUSTOM = 32;

/** Reads an entry of the file's list of operator codes. @internal */
export function readOperatorKind(table: FlatTable): OperatorKind | ReaderError {
  const { operatorCode: fields } = FIELDS;
  const old = (table.uint8(fields.deprecatedBuiltinCode, 'an operator code') << 24) >> 24;
  const number = Math.max(old, table.int32(fields.builtinCode, 'an operator code'));
  const version = table.int32(fields.version, 'an operator’s version', 1);
  if (number === CUSTOM) {
    const name = table.string(fields.customCode, 'a custom operator’s name').slice(0, 80);
    return unsupported(`the custom operator ${name || 'without a name'}`, version);
  }
  const code = CODES.get(number);
  if (!code) return unsupported(`the operator ${operatorName(number)} (code ${number})`, version);
  if (version < 1 || version > NEWEST[code]) {
    return unsupported(`${code} (code ${number})`, version, `up to version ${NEWEST[code]}`);
  }
  return { code, version };
}

function unsupported(what: string, version: number, known?: string): ReaderError {
  return new ReaderError({
    code: 'tflite-operator-unsupported',
    explain: `The .tflite file uses ${what}, version ${version}, which the engine does not run.`,
    elaborate: known
      ? `It runs this one ${known}.`
      : `It runs ${Object.keys(OPERATOR_NUMBERS).join(', ')}.`,
    hint: 'The official runtime may run the file all the same.',
  });
}

/** Reads the options of an operator. @internal */
export function readOptions(code: OperatorCode, operator: FlatTable): GraphOperator['options'] {
  const { operator: fields } = FIELDS;
  const number = operator.uint8(fields.optionsType, 'an operator’s options');
  if (number !== 0 && number !== OPTION_NUMBERS[code]) {
    throw damaged(`an operator ${code} has the options of another (number ${number})`);
  }
  const options = number === 0 ? undefined : operator.table(fields.options, `options of ${code}`);
  return READ[code](options, code);
}

type Read<Code extends OperatorCode> = (
  table: FlatTable | undefined,
  code: OperatorCode,
) => OperatorOptions[Code];

const none = (): Record<never, never> => ({});
const arithmetic = (table: FlatTable | undefined): OperatorOptions['ADD'] => ({
  activation: activationOf(table, FIELDS.arithmetic.activation),
});
const pool = (table: FlatTable | undefined, code: OperatorCode): OperatorOptions['MAX_POOL_2D'] => {
  const { pool: fields } = FIELDS;
  return {
    ...windowOf(table, fields, code),
    filterHeight: positive(table, fields.filterH, `the window of ${code}`),
    filterWidth: positive(table, fields.filterW, `the window of ${code}`),
    activation: activationOf(table, fields.activation),
  };
};

const READ: { [Code in OperatorCode]: Read<Code> } = {
  CONV_2D: (table, code) => {
    const { conv } = FIELDS;
    return {
      ...windowOf(table, conv, code),
      dilationHeight: positive(table, conv.dilationH, `the dilation of ${code}`, 1),
      dilationWidth: positive(table, conv.dilationW, `the dilation of ${code}`, 1),
      activation: activationOf(table, conv.activation),
    };
  },
  DEPTHWISE_CONV_2D: (table, code) => {
    const { depthwise } = FIELDS;
    return {
      ...windowOf(table, depthwise, code),
      // Nothing but a hint in the file: the kernel finds it from the shapes.
      depthMultiplier: table?.int32(depthwise.multiplier, `the multiplier of ${code}`) ?? 0,
      dilationHeight: positive(table, depthwise.dilationH, `the dilation of ${code}`, 1),
      dilationWidth: positive(table, depthwise.dilationW, `the dilation of ${code}`, 1),
      activation: activationOf(table, depthwise.activation),
    };
  },
  FULLY_CONNECTED: (table) => {
    const { fullyConnected: fields } = FIELDS;
    if (table?.uint8(fields.weightsFormat, 'the format of weights')) {
      throw damaged('the weights of FULLY_CONNECTED are shuffled, which the engine does not read');
    }
    return {
      activation: activationOf(table, fields.activation),
      keepNumDims: table?.bool(fields.keepNumDims, 'FULLY_CONNECTED') ?? false,
    };
  },
  AVERAGE_POOL_2D: pool,
  MAX_POOL_2D: pool,
  MEAN: (table) => ({ keepDims: table?.bool(FIELDS.reducer.keepDims, 'MEAN') ?? false }),
  ADD: arithmetic,
  SUB: arithmetic,
  MUL: arithmetic,
  PAD: none,
  CONCATENATION: (table) => ({
    axis: table?.int32(FIELDS.concatenation.axis, 'the axis of CONCATENATION') ?? 0,
    activation: activationOf(table, FIELDS.concatenation.activation),
  }),
  RESHAPE: (table) => ({
    newShape: [...(table?.int32s(FIELDS.reshape.newShape, 'the new shape') ?? [])],
  }),
  TRANSPOSE: none,
  SOFTMAX: (table) => ({ beta: finite(table, FIELDS.softmax.beta, 'the beta of SOFTMAX') }),
  LOGISTIC: none,
  TANH: none,
  RELU: none,
  RELU6: none,
  LEAKY_RELU: (table) => ({
    alpha: finite(table, FIELDS.leakyRelu.alpha, 'the alpha of LEAKY_RELU'),
  }),
  QUANTIZE: none,
  DEQUANTIZE: none,
};

function windowOf(
  table: FlatTable | undefined,
  fields: { padding: number; strideW: number; strideH: number },
  code: OperatorCode,
): { padding: 'SAME' | 'VALID'; strideHeight: number; strideWidth: number } {
  const padding = PADDINGS[table?.uint8(fields.padding, `the padding of ${code}`) ?? 0];
  if (!padding) throw damaged(`the padding of ${code} is neither SAME nor VALID`);
  return {
    padding,
    strideHeight: positive(table, fields.strideH, `the stride of ${code}`),
    strideWidth: positive(table, fields.strideW, `the stride of ${code}`),
  };
}

function activationOf(table: FlatTable | undefined, field: number): FusedActivation {
  const number = table?.uint8(field, 'a fused activation') ?? 0;
  const activation = ACTIVATIONS[number];
  if (activation) return activation;
  throw damaged(`an operator has the fused activation ${number}, which the engine does not run`);
}

function positive(table: FlatTable | undefined, field: number, what: string, absent = 0): number {
  const value = table?.int32(field, what, absent) ?? absent;
  if (value >= 1 && value <= 65_535) return value;
  throw damaged(`${what} is ${value}`);
}

function finite(table: FlatTable | undefined, field: number, what: string): number {
  const value = table?.float32(field, what) ?? 0;
  if (Number.isFinite(value)) return value;
  throw damaged(`${what} is ${value}`);
}
