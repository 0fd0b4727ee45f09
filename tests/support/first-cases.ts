import { SABOTAGES, drawDeed, type Deed } from '../../src/crime/index.ts';

/** The first case number that draws a deed of which `wanted` is true. */
export function firstCase(wanted: (deed: Deed) => boolean): number {
  for (let caseNumber = 1; caseNumber < 10_000; caseNumber++) {
    if (wanted(drawDeed(caseNumber))) return caseNumber;
  }
  throw new Error('No case number below 10,000 draws it.');
}

/** The first case of each sabotage. */
export const FIRST_CASES = SABOTAGES.map((sabotage) => ({
  sabotage,
  caseNumber: firstCase((deed) => deed.sabotage === sabotage),
}));
