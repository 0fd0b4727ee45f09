import { find, make } from '../../live/dom.ts';
import { errorNotice } from '../../Output/error-notice.ts';
import type { AlikePair } from './alike.ts';
import type { BookSource } from './book-source.ts';
import type { Grading } from './grading.ts';
import { errorData } from './words.ts';
import type { Row } from './work.ts';

/** What the steps of the page share. */
export interface Desk {
  readonly root: HTMLElement;
  readonly book: BookSource;
  /** The work that is open. Steps that need one are hidden without it. */
  readonly grading: Grading;
  readonly isOpen: boolean;
  /** Titles of its items, by `kind id`. */
  readonly titles: ReadonlyMap<string, string>;
  pairs: readonly AlikePair[];
  /** Shows a hand-in. */
  show: (row: Row) => void;
}

/** A step of the page: shows what it has to say of the open work. */
export interface Step {
  show: () => void;
}

/** The part of the page that its markup marks with `data-part`. */
export const part = <T extends HTMLElement = HTMLElement>(root: ParentNode, name: string): T =>
  find<T>(root, `[data-part="${name}"]`);

export const say = (root: ParentNode, name: string, sentence: string): void => {
  part(root, name).textContent = sentence;
};

/** Shows why something was refused; without an error empties the place. */
export const showFault = (root: ParentNode, name: string, error?: unknown): void => {
  part(root, name).replaceChildren(...(error === undefined ? [] : [errorNotice(errorData(error))]));
};

/** A button of a list that a script makes. */
export const pressable = (label: string, press: () => void): HTMLButtonElement => {
  const button = make('button', { type: 'button', textContent: label });
  button.addEventListener('click', press);
  return button;
};
