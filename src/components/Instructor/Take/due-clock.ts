import type { DueLine } from './due-words.ts';
import { announce } from '../../live/announce.ts';

const every = 10_000;

/**
 * Keeps a line about the time true while the page is open.
 *
 * @param onState - told of the state at once, and whenever it changes
 * @returns how to stop it
 */
export const startClock = (
  line: HTMLElement,
  read: () => DueLine,
  onState: (state: DueLine['state']) => void,
): (() => void) => {
  let last: DueLine['state'] | undefined;
  const tick = (): void => {
    const { state, words } = read();
    if (line.textContent !== words) line.textContent = words;
    line.dataset['state'] = state;
    if (state === last) return;
    // A timer is not read out by itself; that something opened or fell due is worth a word.
    if (last !== undefined) announce(words);
    last = state;
    onState(state);
  };
  tick();
  const timer = setInterval(tick, every);
  // A device that slept has missed its ticks.
  document.addEventListener('visibilitychange', tick);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
  };
};
