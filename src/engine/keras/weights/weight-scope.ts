import { ReaderError } from '../../../shared/reader-error.ts';
import type { Dataset } from '../hdf5/dataset.ts';

/** A weight in a file. */
export interface StoredWeight {
  /** Its path, for messages. */
  path: string;
  dataset: Dataset;
}

/**
 * Where the weights of one layer, or of one part of it, are found. What is found is taken: no weight goes to two
 * places, and what nobody took is an error.
 */
export interface WeightScope {
  /** The scope of a layer of a model. */
  layer(name: string, className: string): WeightScope;
  /** The scope of a part: what Keras calls the attribute that holds it, and the part's own name. */
  part(attribute: string, name: string): WeightScope;
  /** The weight that a layer calls by that name; the calls of one scope come in the order of its weights. */
  take(name: string): StoredWeight;
  /** Every weight of the scope, and of those within it, must have been taken. */
  finish(): void;
}

/** @internal */
export function weightMissing(layer: string, name: string): ReaderError {
  return new ReaderError({
    code: 'keras-weight-missing',
    explain: `The file holds no weight ${name} for the layer ${layer}.`,
    hint: 'The weights are not those of this configuration: save the whole model again with model.save.',
  });
}

/** @internal */
export function weightLeft(paths: readonly string[]): ReaderError {
  return new ReaderError({
    code: 'keras-weight-unknown',
    explain: `The file holds weights that no layer asks for: ${paths.slice(0, 3).join(', ').slice(0, 200)}${paths.length > 3 ? ', …' : ''}.`,
    hint: 'The weights are not those of this configuration: save the whole model again with model.save.',
  });
}
