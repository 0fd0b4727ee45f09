import { makeSealKeys, writeSealKey, type SealKeys } from '../../../instructor/seal-key.ts';
import { ReaderError } from '../../../shared/reader-error.ts';
import { announce } from '../../live/announce.ts';
import { actButton, find } from '../../live/dom.ts';
import { saveBlob } from '../../live/save-blob.ts';
import type { Desk, DeskPart } from './desk.ts';
import { fileName } from './file-name.ts';

/** Where the keys of an assignment are kept beside it. */
export interface KeyPlace {
  keys: () => SealKeys | undefined;
  keep: (keys: SealKeys) => Promise<void>;
  /** The private one went into a file. */
  saved: () => Promise<void>;
}

/** Sealing of hand-ins: a pair of keys, made once; the private one is to be saved to a file. */
export const sealView = (root: HTMLElement, desk: Desk, place: KeyPlace): DeskPart => {
  const box = find<HTMLInputElement>(root, '[data-seal]');
  const save = actButton(root, 'save-key');
  const turn = async (): Promise<void> => {
    if (!box.checked) {
      desk.edit(({ sealKey: _key, ...draft }) => draft);
      return;
    }
    const { id } = desk.draft;
    box.disabled = true;
    try {
      const keys = place.keys() ?? (await makeSealKeys(id));
      if (desk.draft.id !== id) return;
      await place.keep(keys);
      desk.edit((draft) => ({ ...draft, sealKey: keys.public }));
      announce('Made a key. Save it to a file before you give the assignment out.');
    } catch (error) {
      box.checked = false;
      announce(error instanceof ReaderError ? error.message : 'The key could not be made.');
      console.warn(error);
    } finally {
      box.disabled = false;
    }
  };
  box.addEventListener('change', () => void turn());
  save.addEventListener('click', () => {
    const keys = place.keys();
    if (keys === undefined) {
      announce('The key of this assignment is not in this browser: it is where it was made.');
      return;
    }
    const blob = new Blob([writeSealKey(keys.private)], { type: 'application/json' });
    saveBlob(blob, fileName(desk.draft, 'key'));
    void place.saved();
  });
  return {
    show: () => {
      const sealed = desk.draft.sealKey !== undefined;
      box.checked = sealed;
      save.hidden = !sealed;
      // A key that came with an opened file: this browser has only its public half.
      find(root, '[data-no-key]').hidden =
        !sealed || place.keys()?.public.n === desk.draft.sealKey?.n;
    },
  };
};
