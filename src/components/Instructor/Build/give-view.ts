import { draftFaults, type DraftFault } from '../../../instructor/build/draft-faults.ts';
import { finishedAssignment } from '../../../instructor/build/finished.ts';
import { pinQuestions } from '../../../instructor/build/pin-questions.ts';
import { pinSheets } from '../../../instructor/build/pin-sheets.ts';
import {
  assignmentHash,
  parseAssignment,
  studentFile,
  writeAssignment,
} from '../../../instructor/assignment-file.ts';
import { assignmentLink } from '../../../instructor/assignment-link.ts';
import type { Assignment } from '../../../schemas/assignment.ts';
import { ReaderError } from '../../../shared/reader-error.ts';
import { fetchSheet } from '../../Exercise/exercise-sheet.ts';
import { announce } from '../../live/announce.ts';
import { actButton, find } from '../../live/dom.ts';
import { saveBlob } from '../../live/save-blob.ts';
import { siteBase } from '../../live/services.ts';
import { errorNotice } from '../../Output/error-notice.ts';
import type { ShelfRecord } from '../store/shelf.ts';
import type { Desk, DeskPart } from './desk.ts';
import { fetchQuestion } from './fetch-question.ts';
import { fileName } from './file-name.ts';
import { showFaults, showLink } from './give-parts.ts';
import { printAssignment } from './print-sheet.ts';

/** What was given out, as it is kept beside the draft. */
export interface GivenPlace {
  given: () => ShelfRecord['givenOut'];
  /** What else is to be known before it is given out. */
  faults: () => DraftFault[];
  keep: (given: NonNullable<ShelfRecord['givenOut']>) => Promise<void>;
}

/** The last step: what is still to be mended; then the link, the file, the sheet of paper. */
export const giveView = (root: HTMLElement, desk: Desk, place: GivenPlace): DeskPart => {
  const status = find(root, '[data-give-status]');
  const made = find(root, '[data-link]');
  const list = find(root, '[data-faults]');
  let linked: Assignment | undefined;

  const pin = async (assignment: Assignment): Promise<Assignment> => {
    const old = { ...assignment.pinned, ...place.given()?.pinned };
    const { pinned, lost } = await pinSheets(
      assignment,
      desk.index,
      old,
      fetchSheet,
      (done, of) => {
        status.textContent = `Keeping the checks: ${done} of ${of}…`;
      },
    );
    const questions = { ...assignment.pinnedQuestions, ...place.given()?.pinnedQuestions };
    const asked = await pinQuestions(assignment, questions, fetchQuestion);
    if (lost.length > 0 || asked.lost.length > 0) {
      const ids = [...lost, ...asked.lost].join(', ');
      announce(`The checks or options of ${ids} as they were set are not to be had any more.`);
    }
    const kept = { pinned, pinnedQuestions: asked.pinnedQuestions };
    const hash = await assignmentHash(assignment);
    await place.keep({ at: new Date().toISOString(), hash, ...kept });
    return { ...assignment, ...kept };
  };
  type Giving = (assignment: Assignment) => Promise<string>;
  const run = async (how: Giving): Promise<string> =>
    how(finishedAssignment(desk.draft, desk.index, new Date()));
  const give = (act: string, how: Giving): void => {
    const button = actButton(root, act);
    button.addEventListener('click', () => {
      button.disabled = true;
      status.textContent = '';
      run(how)
        .then(
          (words) => {
            status.textContent = words;
          },
          (error: unknown) => {
            refuse(status, error);
          },
        )
        .finally(() => {
          button.disabled = false;
          void showChange();
        });
    });
  };

  give('make-link', async (assignment) => {
    const url = new URL(`${siteBase}assignment/`, location.href);
    url.hash = assignmentLink(assignment);
    linked = desk.draft;
    showLink(made, url.href);
    await pin(assignment);
    return `The link has ${url.href.length.toLocaleString('en-GB')} characters and holds the whole assignment: it is stored nowhere else.`;
  });
  give('save-file', async (assignment) => {
    const text = writeAssignment(await pin(assignment));
    saveBlob(new Blob([text], { type: 'application/json' }), fileName(assignment));
    return 'Saved: look among your downloads. Keep it for grading, and to yourself: it names the students with times of their own, and has the right options of the questions and what full points look like.';
  });
  give('save-student-file', async (assignment) => {
    const text = writeAssignment(studentFile(await pin(assignment)));
    saveBlob(new Blob([text], { type: 'application/json' }), fileName(assignment, 'for-students'));
    return 'Saved: look among your downloads. It can be given out in place of the link.';
  });
  give('print', async (assignment) => {
    await printAssignment(find(root, '[data-sheet]'), assignment, desk.index, (done, of) => {
      status.textContent = `Fetching the texts: ${done} of ${of}…`;
    });
    return '';
  });

  /** Says when what students have is no longer what stands here. */
  const showChange = async (): Promise<void> => {
    const { draft } = desk;
    const given = place.given();
    const now = given === undefined ? '' : await hashOf(draft);
    if (desk.draft !== draft) return;
    const changed = find(root, '[data-changed]');
    changed.hidden = given === undefined || now === '' || given.hash === now;
  };
  let waiting: ReturnType<typeof setTimeout> | undefined;
  return {
    show: () => {
      showFaults(list, root, [
        ...draftFaults(desk.draft, desk.index, new Date()),
        ...place.faults(),
      ]);
      // A sheet that was printed is no longer what stands here.
      find(root, '[data-sheet]').replaceChildren();
      if (linked !== undefined && linked !== desk.draft) {
        linked = undefined;
        made.replaceChildren();
        status.textContent = '';
      }
      clearTimeout(waiting);
      waiting = setTimeout(() => void showChange(), 300);
    },
  };
};

/** The hash that hand-ins would name; empty while the draft is not finished. */
const hashOf = async (draft: Assignment): Promise<string> => {
  try {
    return await assignmentHash(parseAssignment(draft));
  } catch {
    return '';
  }
};

const refuse = (place: HTMLElement, error: unknown): void => {
  if (!(error instanceof ReaderError)) console.warn(error);
  place.replaceChildren(
    errorNotice(
      error instanceof ReaderError
        ? error.toData()
        : {
            code: 'not-fetched',
            explain: 'A part of the book could not be fetched.',
            hint: 'Check the connection and try again.',
          },
    ),
  );
};
