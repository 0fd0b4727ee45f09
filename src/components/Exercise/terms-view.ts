import { actButton, find, make } from '../live/dom.ts';
import type { ExerciseTerms } from './exercise-terms.ts';

/** How many Checks the terms leave; Infinity where they set no number. */
export const checksLeft = ({ attempts }: Pick<ExerciseTerms, 'attempts'>, used: number): number =>
  attempts === 0 ? Infinity : Math.max(0, attempts - used);

/** What the button for a hint says: what a press of it does. */
export const hintLabel = (percent: number, asked = false): string =>
  percent === 0 ? 'Hint' : asked ? `Show the hint: −${percent}%` : `Hint (−${percent}%)`;

/** Shows which buttons the terms leave, and how many Checks. */
export const showTerms = (root: HTMLElement, terms: ExerciseTerms, used: number): void => {
  const hint = actButton(root, 'hint');
  hint.hidden = !terms.hints;
  hint.textContent = hintLabel(terms.hintPercent);
  actButton(root, 'solution').hidden = !terms.solution;
  actButton(root, 'share').hidden = !terms.shares;
  const left = checksLeft(terms, used);
  if (left === Infinity) return;
  const check = actButton(root, 'check');
  // Not `disabled`: the focus would be lost under the reader's hands.
  check.setAttribute('aria-disabled', String(left === 0));
  let note = root.querySelector('[data-checks-left]');
  if (note === null) {
    note = make('span', { className: 'hw-note' });
    note.setAttribute('data-checks-left', '');
    find(root, '.hw-bar').append(note);
  }
  note.textContent =
    left === 0
      ? `No Checks left of ${terms.attempts}.`
      : `${left} of ${terms.attempts} ${terms.attempts === 1 ? 'Check' : 'Checks'} left.`;
};
