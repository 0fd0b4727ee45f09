import { timeInWords } from '../../../instructor/build/local-time.ts';
import type { Item } from '../../../schemas/assignment.ts';
import { handInCaps } from '../../../schemas/hand-in.ts';
import { ReaderError } from '../../../shared/reader-error.ts';
import { announce } from '../../live/announce.ts';
import { actButton, find, make } from '../../live/dom.ts';
import { saveBlob } from '../../live/save-blob.ts';
import { errorNotice } from '../../Output/error-notice.ts';
import type { MadeHandIn } from './make-hand-in.ts';
import { gapsOf } from './standing.ts';
import type { Gap } from './standing.ts';
import { workAt } from './taken.ts';
import type { AllWork, Receipt } from './taken.ts';

export interface PanelOptions {
  /** The section of the page that holds it. */
  root: HTMLElement;
  items: readonly Item[];
  title: (item: Item) => string;
  goTo: (item: Item) => void;
  /** The work as it stands, all of it saved. */
  settled: () => Promise<AllWork>;
  make: (work: AllWork) => Promise<MadeHandIn>;
  /** Keeps the receipt. */
  made: (made: MadeHandIn) => Promise<void>;
}

/** A receipt in groups that can be read out: `3f2a 91c0 …`. */
export const receiptInGroups = (hash: string): string => hash.match(/.{1,4}/g)?.join(' ') ?? '';

/** Hand in: what is missing, the file and the text, the receipt. */
export class HandInPanel {
  readonly #options: PanelOptions;
  #busy = false;

  constructor(options: PanelOptions) {
    this.#options = options;
    actButton(options.root, 'hand-in').addEventListener('click', () => void this.#press());
  }

  /** The receipts of earlier hand-ins, the newest first. */
  showReceipts(receipts: readonly Receipt[]): void {
    const place = find(this.#options.root, '[data-receipts]');
    place.hidden = receipts.length === 0;
    find(place, 'ol').replaceChildren(
      ...receipts
        .toReversed()
        .map(({ at, hash, answered, of }) =>
          make('li', {}, [
            `${timeInWords(at)}: ${answered} of ${of} answered. `,
            make('code', { textContent: receiptInGroups(hash) }),
          ]),
        ),
    );
  }

  /** Whatever was made before speaks of an older state of the work. */
  clear(): void {
    this.#place('gaps').replaceChildren();
    this.#place('made').replaceChildren();
  }

  #place(name: 'gaps' | 'made'): HTMLElement {
    return find(this.#options.root, `[data-${name}]`);
  }

  async #press(): Promise<void> {
    const { items, settled } = this.#options;
    this.clear();
    const work = await settled();
    const { missing, doubtful } = gapsOf(items, work);
    const long = items.filter(
      ({ kind, id }) =>
        kind === 'exercise' &&
        (workAt(work, { kind, id })?.record.code.length ?? 0) > handInCaps.code,
    );
    if (missing.length + doubtful.length + long.length === 0) {
      await this.#make(work);
      return;
    }
    this.#showGaps(missing, doubtful, long);
  }

  #showGaps(missing: readonly Gap[], doubtful: readonly Gap[], long: readonly Item[]): void {
    const heading = make('h3', { textContent: 'Before you hand in', tabIndex: -1 });
    const confirm = make('button', { type: 'button', textContent: 'Hand in as it is' });
    confirm.dataset['kind'] = 'primary';
    // The work may have gone on while the list was read.
    confirm.addEventListener('click', () => {
      void this.#options.settled().then((work) => this.#make(work));
    });
    const back = make('button', { type: 'button', textContent: 'Go on working' });
    back.addEventListener('click', () => {
      this.clear();
      actButton(this.#options.root, 'hand-in').focus();
    });
    const all = missing.length === this.#options.items.length;
    this.#place('gaps').replaceChildren(
      heading,
      ...this.#list('Not answered', missing),
      ...this.#list('Worth another look', doubtful),
      ...this.#list(
        `Longer than the ${handInCaps.code.toLocaleString('en-GB')} characters that a hand-in takes`,
        long.map((item) => ({ item })),
      ),
      ...(all
        ? [
            make('p', {
              textContent:
                'There is nothing to hand in yet. An option counts once you press Answer.',
            }),
          ]
        : []),
      make('p', { className: 'take-acts' }, [...(all || long.length > 0 ? [] : [confirm]), back]),
    );
    showFrom(heading);
  }

  #list(title: string, gaps: readonly { item: Item; standing?: Gap['standing'] }[]): Node[] {
    if (gaps.length === 0) return [];
    const { title: titleOf, goTo } = this.#options;
    return [
      make('p', { textContent: `${title}:` }),
      make(
        'ul',
        {},
        gaps.map(({ item, standing }) => {
          const go = make('button', {
            type: 'button',
            className: 'take-go',
            textContent: titleOf(item),
          });
          go.addEventListener('click', () => {
            goTo(item);
          });
          return make('li', {}, [
            go,
            ...(standing?.state === 'doubtful'
              ? [' ', make('span', { className: 'take-standing', textContent: standing.words })]
              : []),
          ]);
        }),
      ),
    ];
  }

  async #make(work: AllWork): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.clear();
    try {
      const made = await this.#options.make(work);
      // Kept first: a receipt that was seen is found again.
      await this.#options.made(made);
      this.#showMade(made);
      save(made);
    } catch (error) {
      if (!(error instanceof ReaderError)) console.warn(error);
      this.#place('made').replaceChildren(
        errorNotice(
          error instanceof ReaderError
            ? error.toData()
            : {
                code: 'hand-in-failed',
                explain: 'The hand-in could not be made. Your work is kept.',
                hint: 'Press Hand in again.',
              },
        ),
      );
    } finally {
      this.#busy = false;
    }
  }

  #showMade(made: MadeHandIn): void {
    const heading = make('h3', { textContent: 'Your hand-in is ready', tabIndex: -1 });
    const again = make('button', { type: 'button', textContent: 'Save the file again' });
    again.addEventListener('click', () => {
      save(made);
    });
    const field = make('textarea', { readOnly: true, rows: 6, value: made.paste });
    field.addEventListener('focus', () => {
      field.select();
    });
    const copy = make('button', { type: 'button', textContent: 'Copy the text' });
    copy.addEventListener('click', () => void copied(field));
    this.#place('made').replaceChildren(
      heading,
      make('p', {}, [
        'The file ',
        make('b', { textContent: made.fileName }),
        ' is among your downloads. It is not sent anywhere: hand it in where your instructor said.',
      ]),
      make('p', {}, [
        `Receipt of ${timeInWords(made.at)}: `,
        make('code', { className: 'take-receipt', textContent: receiptInGroups(made.receipt) }),
        '. It stands in the file too, and shows that the file came through whole.',
      ]),
      make('p', { className: 'take-acts' }, [again, copy]),
      make('details', {}, [
        make('summary', { textContent: 'The same as text, where no file can be handed in' }),
        make('label', {}, ['All of it is to be pasted, from the first line to the last.', field]),
      ]),
    );
    showFrom(heading);
  }
}

/** What came below the button is read from its heading on, and as much of it as fits is in sight. */
const showFrom = (heading: HTMLElement): void => {
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: 'start' });
};

const save = ({ file, fileName }: MadeHandIn): void => {
  saveBlob(new Blob([file], { type: 'application/json' }), fileName);
};

/** Copies the text; where the browser does not let it, the text is selected for the reader to copy. */
const copied = async (field: HTMLTextAreaElement): Promise<void> => {
  try {
    await navigator.clipboard.writeText(field.value);
    announce(`Copied: ${field.value.length.toLocaleString('en-GB')} characters.`);
  } catch {
    const details = field.closest('details');
    if (details !== null) details.open = true;
    field.focus();
    announce('Copy the selected text with the keys of your system.');
  }
};
