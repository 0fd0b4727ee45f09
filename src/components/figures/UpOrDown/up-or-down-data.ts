/** The sixteen filters that the figure rounds, from the results of section 5.3. */
import { sectionResults } from '../../../build/section-results.ts';
import type { Filter } from './up-or-down.ts';

export const upOrDownFilters = (): Filter[] => sectionResults<{ filters: Filter[] }>('5.3').filters;
