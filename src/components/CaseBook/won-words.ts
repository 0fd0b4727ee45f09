import { SABOTAGES } from '../../crime/sabotages.ts';
import { SUSPECTS } from '../../crime/suspects.ts';
import type { SettingRecord } from '../../progress/records.ts';

const KEY = /^verdict-(\d+)$/;

/** What the case-book says of the cases that were won: the reader’s own, and how many others. Empty if none was. */
export function wonWords(settings: readonly SettingRecord[], caseNumber: number): string {
  const won = new Map(
    settings.flatMap(({ id, value }) => {
      const number = KEY.exec(id)?.[1];
      const sabotage = SABOTAGES.find((each) => each === value);
      return number !== undefined && sabotage ? [[Number(number), sabotage] as const] : [];
    }),
  );
  const own = won.get(caseNumber);
  const others = won.size - (own ? 1 : 0);
  const words = [];
  if (own) {
    const { name, post } = SUSPECTS[own];
    words.push(`You have won this case: ${name}, ${post}, is convicted.`);
  }
  if (others > 0) {
    words.push(`Of other numbers you have won ${others}.`);
  }
  return words.join(' ');
}
