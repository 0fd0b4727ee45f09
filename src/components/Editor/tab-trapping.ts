import { announce } from '../live/announce.ts';
import { keep, openStore } from '../live/services.ts';

/** Whether Tab indents (it stays in the editor) or moves on. One setting for all editors, remembered. */
let trapping = true;
const listeners = new Set<(trapping: boolean) => void>();

/** Tells now, and whenever it changes, whether Tab is trapped. */
export const onTabTrapping = (listener: (trapping: boolean) => void): void => {
  listeners.add(listener);
  listener(trapping);
};

export const tabIsTrapped = (): boolean => trapping;

const set = (value: boolean): void => {
  trapping = value;
  for (const listener of listeners) listener(value);
};

export const toggleTabTrapping = (): void => {
  set(!trapping);
  announce(
    trapping ? 'Tab now indents. Escape leaves the editor.' : 'Tab now moves to the next control.',
  );
  const value = trapping ? 'on' : 'off';
  keep((store) => store.saveSetting('tabTrapping', value));
};

/** Takes up what the reader chose last time. */
export const restoreTabTrapping = async (): Promise<void> => {
  const kept = await openStore()
    .then((store) => store.setting('tabTrapping'))
    .catch(() => undefined);
  if (kept !== undefined) set(kept !== 'off');
};
