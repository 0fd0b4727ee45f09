import { SUSPECTS } from '../../crime/suspects.ts';
import type { Sabotage } from '../../crime/sabotages.ts';

/** What is written upon an envelope once the case is won; nothing before. */
export function markOf(envelope: string, won: Sabotage | undefined): string {
  if (won === undefined) return '';
  return envelope === won ? 'yours' : 'not in this case';
}

/** The sentence above the six, for a case that is won. */
export function wonSentence(won: Sabotage): string {
  const { name, post } = SUSPECTS[won];
  return `The engine has convicted ${name}, ${post}. The envelope marked “yours” is how your case ends; the others are five that were not.`;
}
