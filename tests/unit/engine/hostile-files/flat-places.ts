import type { Bytes } from './altered.ts';
import { viewOf } from './altered.ts';

/** Field numbers of schema.fbs, written down a second time: the engine's own list is under test too. */
export const MODEL = { version: 0, operatorCodes: 1, subgraphs: 2, buffers: 4 };
export const CODE = { old: 0, custom: 1, version: 2, builtin: 3 };
export const SUBGRAPH = { tensors: 0, inputs: 1, outputs: 2, operators: 3 };
export const TENSOR_FIELD = { shape: 0, type: 1, buffer: 2, name: 3, quantization: 4 };
export const QUANTIZATION = { scale: 2, zeroPoint: 3, dimension: 6 };
export const OPERATOR_FIELD = { code: 0, inputs: 1, outputs: 2, optionsType: 3, options: 4 };
export const BUFFER = { data: 0, offset: 1, size: 2 };

/** A table of a flatbuffer, found without the reader that is under test. */
export class FlatPlace {
  readonly view: DataView;
  readonly at: number;

  constructor(view: DataView, at: number) {
    this.view = view;
    this.at = at;
  }

  /** The model in the bytes of a file; what is written through it changes them. */
  static root(bytes: Bytes): FlatPlace {
    const view = viewOf(bytes);
    return new FlatPlace(view, view.getUint32(0, true));
  }

  /** Where a field is; it must be there. */
  field(number: number): number {
    const list = this.at - this.view.getInt32(this.at, true);
    const offset = this.view.getUint16(list + 4 + 2 * number, true);
    if (offset === 0) throw new Error(`The table has no field ${number}.`);
    return this.at + offset;
  }

  /** Where a vector begins, with its length, and how long it is. */
  vector(number: number): { at: number; length: number; element: (i: number) => number } {
    const at = this.follow(this.field(number));
    return { at, length: this.view.getUint32(at, true), element: (i) => at + 4 + 4 * i };
  }

  table(number: number): FlatPlace {
    return new FlatPlace(this.view, this.follow(this.field(number)));
  }

  tableOf(number: number, index: number): FlatPlace {
    return new FlatPlace(this.view, this.follow(this.vector(number).element(index)));
  }

  follow(at: number): number {
    return at + this.view.getUint32(at, true);
  }
}

export const subgraphOf = (bytes: Bytes): FlatPlace =>
  FlatPlace.root(bytes).tableOf(MODEL.subgraphs, 0);
export const tensorOf = (bytes: Bytes, index: number): FlatPlace =>
  subgraphOf(bytes).tableOf(SUBGRAPH.tensors, index);
export const operatorOf = (bytes: Bytes, index: number): FlatPlace =>
  subgraphOf(bytes).tableOf(SUBGRAPH.operators, index);
export const quantizationOf = (bytes: Bytes, index: number): FlatPlace =>
  tensorOf(bytes, index).table(TENSOR_FIELD.quantization);
