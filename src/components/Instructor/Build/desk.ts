import type { Draft } from '../../../instructor/build/draft.ts';
import type { Catalogue, CatalogueItem } from '../../../instructor/catalogue.ts';

/** What the parts of the Build page share. Each shows the draft, and changes it by saying what becomes of it. */
export interface Desk {
  readonly draft: Draft;
  readonly catalogue: Catalogue;
  readonly index: ReadonlyMap<string, CatalogueItem>;
  /**
   * Makes the change, shows it everywhere and saves it.
   *
   * @param key - names what is edited: further edits of the same within a moment are undone with it
   */
  edit: (change: (draft: Draft) => Draft, key?: string) => void;
}

/** A part of the page that shows something of the draft. */
export interface DeskPart {
  show: () => void;
}

/** Whether the reader is typing in a control: what stands in it must then not be written over. */
export const isTyping = (control: Element): boolean => document.activeElement === control;

/** Writes into a control what the draft says, unless the reader is at it. */
export const showValue = (
  control: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement,
  value: string,
): void => {
  if (control instanceof HTMLInputElement && control.type === 'checkbox') {
    control.checked = value !== '';
  } else if (!isTyping(control) && control.value !== value) {
    control.value = value;
  }
};
