/** The committed measurements behind the figure. */
import { sectionResults } from '../../../build/section-results.ts';
import type { Errors } from './layer-errors.ts';

/** Networks by name, each in every way. */
export const layerErrors = (): Errors => sectionResults<{ layers: Errors }>('3.1').layers;
