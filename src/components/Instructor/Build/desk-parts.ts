import { finishedAssignment } from '../../../instructor/build/finished.ts';
import { find } from '../../live/dom.ts';
import { scormPanel } from '../Scorm/scorm-panel.ts';
import { markdownNodes } from '../shared/markdown-nodes.ts';
import { catalogueView } from './catalogue-view.ts';
import { chosenView } from './chosen-view.ts';
import type { Desk, DeskPart } from './desk.ts';
import type { DeskSession } from './desk-session.ts';
import { exceptionsView } from './exceptions-view.ts';
import { formFields } from './fields.ts';
import { giveView } from './give-view.ts';
import { previewDialog } from './preview-dialog.ts';
import { sealView } from './seal-view.ts';
import { unsavedKey } from './unsaved-key.ts';

interface Around {
  session: () => DeskSession;
  /** What is kept beside the draft has changed. */
  changed: () => void;
}

/** All parts of the desk, in the order of the page. */
export const deskParts = (
  root: HTMLElement,
  desk: Desk,
  { session, changed }: Around,
): DeskPart[] => {
  const preview = previewDialog(root, desk);
  find(root, '[data-scorm]').append(
    scormPanel(() => finishedAssignment(desk.draft, desk.index, new Date())),
  );
  return [
    formFields(root, desk),
    instructionsPreview(root, desk),
    catalogueView(root, desk, preview),
    chosenView(root, desk, preview),
    exceptionsView(root, desk),
    sealView(root, desk, {
      keys: () => session().record.sealKeys,
      keep: async (sealKeys) => {
        await session().keep({ sealKeys });
        changed();
      },
      saved: async () => {
        await session().keep({ keySaved: true });
        changed();
      },
    }),
    giveView(root, desk, {
      given: () => session().record.givenOut,
      faults: () => unsavedKey(session().record),
      keep: (givenOut) => session().keep({ givenOut }),
    }),
  ];
};

/** The instructions as students see them, made while they are looked at. */
const instructionsPreview = (root: HTMLElement, desk: Desk): DeskPart => {
  const details = find<HTMLDetailsElement>(root, '[data-instructions]');
  const place = find(details, '[data-markdown]');
  let shown: string | undefined;
  const show = (): void => {
    const { instructions } = desk.draft;
    if (!details.open || instructions === shown) return;
    shown = instructions;
    place.replaceChildren(
      ...(instructions.trim() === ''
        ? [document.createTextNode('Nothing yet.')]
        : markdownNodes(instructions, { heading: 4 })),
    );
  };
  details.addEventListener('toggle', show);
  return { show };
};
