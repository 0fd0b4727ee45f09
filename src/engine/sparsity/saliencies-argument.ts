import { ReaderError } from '../../shared/reader-error.ts';
import { describe } from '../numerics/arguments.ts';
import type { LayerSaliency } from './obd-saliency.ts';

/** The part of a {@link LayerSaliency} that says what a deletion costs. */
export type SaliencyOfLayer = Pick<LayerSaliency, 'layer' | 'saliency'>;

/** A list of saliencies, layer by layer. @internal */
export function requireSaliencies(saliencies: readonly SaliencyOfLayer[]): void {
  const given: unknown = saliencies;
  if (Array.isArray(given) && given.length > 0 && given.every(isOfLayer)) return;
  throw new ReaderError({
    code: 'saliencies-invalid',
    explain: `saliencies must be what obdSaliency gave, a list with one entry { layer, saliency } a layer; ${describe(given)} came.`,
  });
}

function isOfLayer(each: unknown): boolean {
  const { layer, saliency } = (each ?? {}) as Partial<SaliencyOfLayer>;
  return typeof layer === 'string' && (Array.isArray(saliency) || ArrayBuffer.isView(saliency));
}
