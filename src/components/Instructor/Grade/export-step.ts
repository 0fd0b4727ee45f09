import { exportCsv, type CsvKind } from '../../../instructor/gradebook/export-csv.ts';
import { feedbackZip } from '../../../instructor/gradebook/feedback-zip.ts';
import { roundPoints } from '../../../instructor/grade/marks.ts';
import { actButton } from '../../live/dom.ts';
import { saveBlob } from '../../live/save-blob.ts';
import { part, say, showFault, type Desk, type Step } from './desk.ts';
import { fileTarget } from './file-target.ts';
import { GradebookPart } from './gradebook-part.ts';
import { feedbackFiles, finished, markRow } from './mark-rows.ts';
import { counted } from './words.ts';

/** The last step: marks into tables. Names are in them, so they wait until names are revealed. */
export class ExportStep implements Step {
  readonly #desk: Desk;
  readonly #gradebook: GradebookPart;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#gradebook = new GradebookPart(desk);
    const { root } = desk;
    const on = (button: HTMLButtonElement, press: () => void): void => {
      button.addEventListener('click', () => {
        showFault(root, 'export-error');
        try {
          press();
        } catch (error) {
          showFault(root, 'export-error', error);
        }
      });
    };
    for (const button of root.querySelectorAll<HTMLButtonElement>('[data-export]')) {
      on(button, () => {
        this.#save(button.dataset['export'] as CsvKind);
      });
    }
    on(actButton(root, 'feedback'), () => {
      this.#feedback();
    });
    on(actButton(root, 'fill'), () => {
      this.#gradebook.fill(this.#possible);
    });
    fileTarget(root, 'gradebook', ([file]) => {
      if (file !== undefined && desk.grading.work.revealed) void this.#gradebook.open(file);
    });
  }

  begin(): void {
    this.#gradebook.begin();
    say(this.#desk.root, 'export-status', '');
    showFault(this.#desk.root, 'export-error');
  }

  show(): void {
    const { root, grading } = this.#desk;
    const { work, current: rows } = grading;
    const counting = rows.filter(({ state }) => state === 'ready').length;
    const done = finished(work, rows).length;
    const open = counting - done;
    const waits = `; ${counted(open, 'hand-in')} still to be run or marked, whose cells stay empty`;
    say(
      root,
      'export-plan',
      counting === 0
        ? 'No marks yet.'
        : `${counted(done, 'mark')} to be saved${open > 0 ? waits : ''}.` +
            (work.revealed ? '' : ' Reveal the names first: marks are saved under them.'),
    );
    const controls = part(root, 'export-box').querySelectorAll<
      HTMLButtonElement | HTMLInputElement
    >('button, input');
    for (const control of controls) control.disabled = !work.revealed || counting === 0;
    if (work.revealed) this.#gradebook.show();
    else this.#gradebook.hide();
  }

  #save(kind: CsvKind): void {
    const { root, grading } = this.#desk;
    const { work, current: rows } = grading;
    const { known } = this.#gradebook;
    const lines = rows
      .filter(({ state }) => state === 'ready')
      .map((row) => markRow(work, row, known.get(row.key)));
    // Canvas knows its columns by their numbers, as in “Title (123)”: without one it makes a new column.
    const title = (kind === 'canvas' ? this.#gradebook.column : undefined) ?? work.assignment.title;
    const text = exportCsv(kind, lines, { title, possible: this.#possible });
    saveBlob(new Blob([text], { type: 'text/csv' }), `${this.#fileName}-${kind}.csv`);
    say(
      root,
      'export-status',
      `Saved: ${counted(lines.length, 'row')}. Look among your downloads.`,
    );
  }

  #feedback(): void {
    const { root, grading, titles } = this.#desk;
    const files = feedbackFiles(grading.work, grading.current, titles);
    const zip = new Blob([feedbackZip(files) as BlobPart], { type: 'application/zip' });
    saveBlob(zip, `${this.#fileName}-feedback.zip`);
    say(root, 'export-status', `Saved: ${counted(files.length, 'file')} in one zip.`);
  }

  get #possible(): number {
    const { items } = this.#desk.grading.work.assignment;
    return roundPoints(items.reduce((sum, { points }) => sum + points, 0));
  }

  get #fileName(): string {
    const plain = this.#desk.grading.work.assignment.title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '');
    return plain.slice(0, 60) || 'marks';
  }
}
