import {
  CompiledModel,
  Tensor,
  type LiteRt,
  type TensorDetails,
  type TypedArray,
} from '@litertjs/core';
import { ReaderError } from '../shared/reader-error.ts';
import type { LiteRtRun, LiteRtTensor } from './protocol.ts';
import { timeRuns, type Timing } from './timing.ts';

interface Deletable {
  delete(): void;
}

/** A model as LiteRT holds it, until it is deleted. */
export class LoadedModel {
  readonly #liteRt: LiteRt;
  readonly #compiled: CompiledModel;
  readonly #taken: Deletable[];

  private constructor(liteRt: LiteRt, compiled: CompiledModel, taken: Deletable[]) {
    this.#liteRt = liteRt;
    this.#compiled = compiled;
    this.#taken = taken;
  }

  /** @throws ReaderError `litert-refused` for a size that is left open, and whatever LiteRT throws */
  static async load(liteRt: LiteRt, bytes: Uint8Array): Promise<LoadedModel> {
    const taken: Deletable[] = [];
    try {
      const compiled = await compile(liteRt, bytes, taken);
      for (const tensor of [...compiled.getInputDetails(), ...compiled.getOutputDetails()]) {
        if (tensor.shape.some((size) => size < 0)) throw openSize(tensor);
      }
      return new LoadedModel(liteRt, compiled, taken);
    } catch (error) {
      // After a trap nothing of it may be touched.
      if (!(error instanceof WebAssembly.RuntimeError)) giveBack(taken);
      throw error;
    }
  }

  async run(inputs: readonly Float32Array[]): Promise<LiteRtRun> {
    const given = this.#tensors(inputs);
    let results: Tensor[] = [];
    try {
      results = await this.#compiled.run(given);
      return {
        outputs: results.map((tensor) => floats(tensor.toTypedArray())),
        details: this.#compiled.getOutputDetails().map(describe),
        memoryBytes: this.#liteRt.liteRtWasm.HEAPU8.length,
      };
    } finally {
      for (const tensor of [...given, ...results]) tensor.delete();
    }
  }

  /** Times inference alone: inputs lie ready, outputs are not read. */
  async time(
    inputs: readonly Float32Array[],
    { warmUp, repetitions }: { warmUp: number; repetitions: number },
  ): Promise<Timing> {
    const given = this.#tensors(inputs);
    const once = async (): Promise<void> => {
      for (const tensor of await this.#compiled.run(given)) tensor.delete();
    };
    try {
      return await timeRuns(once, { warmUp, runs: repetitions });
    } finally {
      given.forEach((tensor) => tensor.delete());
    }
  }

  delete(): void {
    giveBack(this.#taken);
  }

  #tensors(inputs: readonly Float32Array[]): Tensor[] {
    const wanted = this.#compiled.getInputDetails();
    if (inputs.length !== wanted.length) {
      throw new ReaderError({
        code: 'litert-inputs-do-not-fit',
        explain: `The model takes ${wanted.length} ${wanted.length === 1 ? 'input' : 'inputs'}; ${inputs.length} came.`,
        hint: 'Give one Float32Array for each input of the model, in order.',
      });
    }
    const values = wanted.map((details, i) => valuesFor(details, inputs[i]!));
    return values.map((each, i) => new Tensor(each, [...wanted[i]!.shape]));
  }
}

/** Does what LiteRT's own `loadAndCompile` does, and lists what it took, which that one keeps of a refused model. */
async function compile(
  liteRt: LiteRt,
  bytes: Uint8Array,
  taken: Deletable[],
): Promise<CompiledModel> {
  const { liteRtWasm } = liteRt;
  const environment = liteRt.getDefaultEnvironment();
  const at = liteRtWasm._malloc(bytes.length);
  if (at === 0) throw new RangeError('out of memory');
  taken.push({ delete: () => liteRtWasm._free(at) });
  liteRtWasm.HEAPU8.set(bytes, at);
  const model = liteRtWasm.loadModel(environment.liteRtEnvironment, at, bytes.length);
  taken.push(model);
  const options = {
    environment,
    accelerator: 'wasm' as const,
    cpuOptions: { numThreads: 1 },
    gpuOptions: {},
    webNNOptions: {},
  };
  const compiled = await liteRtWasm.compileModel(environment.liteRtEnvironment, model, options);
  taken.push(compiled);
  // The model deletes itself, below; of what stands for it here nothing else is used.
  const held = { liteRtModel: model, delete: () => undefined } as unknown as Model;
  const whole = new CompiledModel(held, compiled, options, () => undefined);
  // It deletes the part that it was made of.
  taken[taken.length - 1] = whole;
  return whole;
}

/** LiteRT's own class, which it does not export. */
type Model = ConstructorParameters<typeof CompiledModel>[0];

function giveBack(taken: Deletable[]): void {
  for (const each of taken.splice(0).toReversed()) each.delete();
}

function openSize({ name, shape }: TensorDetails): ReaderError {
  return new ReaderError({
    code: 'litert-refused',
    explain: `LiteRT takes fixed sizes in the browser, and the model leaves one of ${name} open: [${[...shape].join(', ')}].`,
    hint: 'withFloatIO(bytes) writes the file with a batch of 1.',
  });
}

const describe = ({ name, shape, dtype }: TensorDetails): LiteRtTensor => ({
  name,
  shape: [...shape],
  dtype,
});

const floats = (values: TypedArray): Float32Array =>
  values instanceof Float32Array ? values : Float32Array.from(values);

/** Values in the type of the input. */
function valuesFor({ name, shape, dtype }: TensorDetails, given: Float32Array): TypedArray {
  const count = shape.reduce((product, size) => product * size, 1);
  if (given.length !== count) {
    throw new ReaderError({
      code: 'litert-inputs-do-not-fit',
      explain: `The input ${name} takes ${count} values; ${given.length} came.`,
      elaborate: `Its shape is [${[...shape].join(', ')}].`,
    });
  }
  if (dtype === 'float32') return given as TypedArray;
  const values = dtype === 'int32' ? Int32Array.from(given) : Uint8Array.from(given);
  const wrong = values.findIndex((value, i) => value !== given[i]);
  if (wrong < 0) return values;
  throw new ReaderError({
    code: 'litert-inputs-do-not-fit',
    explain: `The input ${name} is of ${dtype}; its value ${wrong} is ${given[wrong]}.`,
  });
}
