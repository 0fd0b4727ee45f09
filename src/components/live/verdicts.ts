import { SABOTAGES, type Sabotage } from '../../crime/sabotages.ts';
import { keep, openStore } from './services.ts';

/** What was done in a case, once its reader has won it. */
export async function verdictOf(caseNumber: number): Promise<Sabotage | undefined> {
  const kept = await openStore()
    .then((store) => store.setting(`verdict-${caseNumber}`))
    .catch(() => undefined);
  return SABOTAGES.find((sabotage) => sabotage === kept);
}

/** Keeps, with all progress, that a case was won. */
export function keepVerdict(caseNumber: number, sabotage: Sabotage): void {
  keep((store) => store.saveSetting(`verdict-${caseNumber}`, sabotage));
}
