import { MOST_CASES } from '../../crime/case-numbers.ts';
import { keep, openStore } from './services.ts';

/** This page's, where the browser keeps nothing. */
let drawn: number | undefined;

/** The number of the reader's case, drawn when it is first wanted and kept like all progress. */
export async function ownCaseNumber(): Promise<number> {
  const kept = await openStore()
    .then((store) => store.setting('caseNumber'))
    .catch(() => undefined);
  const number = Number(kept);
  if (Number.isInteger(number) && number >= 1 && number <= MOST_CASES) return number;
  if (drawn === undefined) {
    const [random] = crypto.getRandomValues(new Uint32Array(1));
    drawn = 1 + (random! % MOST_CASES);
    const own = drawn;
    keep((store) => store.saveSetting('caseNumber', String(own)));
  }
  return drawn;
}

/** Takes another case. */
export async function keepCaseNumber(number: number): Promise<void> {
  drawn = number;
  await (await openStore()).saveSetting('caseNumber', String(number));
}
