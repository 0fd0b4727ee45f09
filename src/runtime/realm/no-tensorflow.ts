/** What stands in for `@tensorflow/tfjs` in the light worker: there are no tensors in it, and none can come in. */
import { ReaderError } from '../../shared/reader-error.ts';
import { needsWholeRealm } from '../light-realm.ts';

export class Tensor {
  readonly kind = 'tensor';
}
export class LayersModel {
  readonly kind = 'model';
}

const refuse = (): never => {
  throw new ReaderError({
    code: needsWholeRealm,
    explain: 'A tensor or a model came to a realm that has no TensorFlow.js.',
  });
};

export const tensor = refuse;
export const loadLayersModel = refuse;
export const io = { fromMemory: refuse, withSaveHandler: refuse };

/** Takes the place of `tensorflow-backend.ts`: nothing has to start. */
export const startTensorflow = async (): Promise<{ backend: string }> => ({ backend: 'none' });
