import { ReaderError, type ReaderErrorData } from '../../shared/reader-error.ts';
import { find } from '../live/dom.ts';
import { errorNotice } from '../Output/error-notice.ts';
import type { ProgressMessage } from './protocol.ts';

/** The part of the page that its markup marks with `data-part`. */
export const part = <T extends HTMLElement = HTMLElement>(root: ParentNode, name: string): T =>
  find<T>(root, `[data-part="${name}"]`);

export const write = (root: ParentNode, name: string, text: string): void => {
  part(root, name).textContent = text;
};

/** Shows why something was refused, in the alert region of its step; without an error empties it. */
export const showError = (root: ParentNode, name: string, error?: unknown): void => {
  part(root, name).replaceChildren(...(error === undefined ? [] : [errorNotice(dataOf(error))]));
};

/** Whether something ended because the reader wished so. */
export const isStopped = (error: unknown): boolean =>
  error instanceof ReaderError && (error.code === 'stopped' || error.code === 'litert-stopped');

const dataOf = (error: unknown): ReaderErrorData => {
  if (error instanceof ReaderError) return error.toData();
  console.error(error);
  return {
    code: 'unexpected',
    explain: 'Something went wrong in the page itself.',
    elaborate: error instanceof Error ? error.message : String(error),
    hint: 'Reload the page; your choices are kept.',
  };
};

/** Shows progress in a bar, and each new step in words. */
export const showProgress = (
  root: ParentNode,
  bar: string,
  status: string,
): ((progress: ProgressMessage) => void) => {
  const progress = part<HTMLProgressElement>(root, bar);
  let shown = '';
  return ({ done, total, label }) => {
    progress.hidden = false;
    progress.max = Math.max(1, total);
    progress.value = done;
    if (label === shown) return;
    shown = label;
    write(root, status, `${label[0]?.toUpperCase() ?? ''}${label.slice(1)}…`);
  };
};

/** Shows how much time has passed, until the function that it gives is called. */
export const runClock = (place: HTMLElement): (() => void) => {
  const began = performance.now();
  const tick = (): void => {
    place.textContent = `${((performance.now() - began) / 1000).toFixed(1)} s`;
  };
  tick();
  const clock = setInterval(tick, 200);
  return () => {
    clearInterval(clock);
    place.textContent = '';
  };
};

/** Gives the page time for other things. */
export const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
