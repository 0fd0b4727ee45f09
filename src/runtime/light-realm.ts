import type { CheckReport } from './protocol.ts';

/** Code of the error with which a light realm says that a value needs the whole one. */
export const needsWholeRealm = 'needs-whole-realm';
/** A name that is not defined may be one of the engine's: only the whole realm can say where it is imported from. */
const inNeed = new Set([needsWholeRealm, 'not-defined']);

/** Whether a program can run where nothing can be imported. */
export const isSelfContained = (code: string): boolean => !/\bimport\b/.test(code);

/** Whether a report of a light realm is not what the whole one would give. */
export const mustRunWhole = ({ error, results }: CheckReport): boolean =>
  [error, ...results.map(({ feedback }) => feedback?.error)].some(
    (each) => each !== undefined && inNeed.has(each.code),
  );
