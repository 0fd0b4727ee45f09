import type { ExerciseState } from '../../progress/records.ts';
import { actButton, find } from '../live/dom.ts';

const markWords: Readonly<Record<ExerciseState, string>> = {
  untouched: '',
  edited: 'edited',
  passed: '✓ passed',
  failed: '✗ not yet',
};

/** Shows the state of an exercise in its head, and what Reset would do. */
export const showState = (
  root: HTMLElement,
  state: ExerciseState,
  reset: { possible: boolean; undoes: boolean },
): void => {
  find(root, '[data-exercise]').dataset['state'] = state;
  const mark = find(root, '[data-mark]');
  mark.textContent = markWords[state];
  mark.hidden = state === 'untouched';
  const button = actButton(root, 'reset');
  button.disabled = !reset.possible;
  button.textContent = reset.undoes ? 'Undo reset' : 'Reset';
};
