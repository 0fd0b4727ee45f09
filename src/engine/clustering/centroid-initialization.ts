import { ReaderError } from '../../shared/reader-error.ts';
import { describe } from '../numerics/arguments.ts';

/**
 * Where centroids start.
 *
 * LINEAR: evenly between the smallest and the largest weight. RANDOM: uniformly at random between them. DENSITY_BASED:
 * where the share of smaller weights takes evenly spaced values. KMEANS_PLUS_PLUS: weights drawn in proportion to
 * their squared distance from those drawn before.
 *
 * @see `CentroidInitialization`, tensorflow_model_optimization/python/core/clustering/keras/cluster_config.py
 */
export const CentroidInitialization = {
  LINEAR: 'LINEAR',
  RANDOM: 'RANDOM',
  DENSITY_BASED: 'DENSITY_BASED',
  KMEANS_PLUS_PLUS: 'KMEANS_PLUS_PLUS',
} as const;

/** The name of one of them. */
export type CentroidInitialization = keyof typeof CentroidInitialization;

/** One of the four names. @internal */
export function requireInitialization(name: string, init: string): void {
  if (typeof init === 'string' && Object.hasOwn(CentroidInitialization, init)) return;
  throw new ReaderError({
    code: 'initialization-unknown',
    explain: `${name} must be one of ${Object.keys(CentroidInitialization).join(', ')}; it is ${describe(init)}.`,
    hint: 'For example clustering.CentroidInitialization.LINEAR.',
  });
}

/** One of the four, however its name was spelt: TensorFlow.js changes the case of what it saves. @internal */
export function initializationOf(spelling: string): CentroidInitialization {
  const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();
  const found = Object.values(CentroidInitialization).find(
    (name) => plain(name) === plain(spelling),
  );
  requireInitialization('init', found ?? spelling);
  return found!;
}
