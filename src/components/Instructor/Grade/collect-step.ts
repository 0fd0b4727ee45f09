import { readBatch, type Batch } from '../../../instructor/batch/read-batch.ts';
import type { BatchInput } from '../../../instructor/batch/found-file.ts';
import { fromLocalField, toLocalField } from '../../../instructor/build/local-time.ts';
import { readPrivateChecks } from '../../../instructor/grade/private-checks.ts';
import { actButton, find } from '../../live/dom.ts';
import { part, pressable, say, showFault, type Desk, type Step } from './desk.ts';
import { fileTarget } from './file-target.ts';
import { fittingKey } from './fitting-key.ts';
import { counted } from './words.ts';

/** The second step: the hand-ins, the clock that they came by, the instructor's own checks and key. */
export class CollectStep implements Step {
  readonly #desk: Desk;
  readonly #onArrival: () => void;
  #privateKey: JsonWebKey | undefined;
  #reading: AbortController | undefined;

  /** @param onArrival - the hand-ins came at other times, as the instructor says */
  constructor(desk: Desk, onArrival: () => void) {
    this.#desk = desk;
    this.#onArrival = onArrival;
    const { root } = desk;
    fileTarget(root, 'hand-ins', (files) => void this.read(files));
    fileTarget(root, 'checks', (files) => void this.#loadChecks(files));
    fileTarget(root, 'key', ([file]) => void this.#loadKey(file));
    actButton(root, 'stop-reading').addEventListener('click', () => this.#reading?.abort());
    for (const field of root.querySelectorAll<HTMLInputElement>(
      '[name="arrival"], [name="arrived-at"]',
    )) {
      field.addEventListener('change', () => void this.#setArrival());
    }
  }

  /** Another work: another key. */
  begin(privateKey: JsonWebKey | undefined): void {
    this.#reading?.abort();
    this.#privateKey = privateKey;
    const { root } = this.#desk;
    for (const name of ['read-status', 'checks-status', 'key-status']) say(root, name, '');
    for (const name of ['read-error', 'checks-error']) showFault(root, name);
    if (privateKey !== undefined) say(root, 'key-status', 'The key of this assignment is at hand.');
  }

  show(): void {
    const { root, grading } = this.#desk;
    const { arrival, privateChecks, assignment } = grading.work;
    find<HTMLInputElement>(root, `[name="arrival"][value="${arrival.kind}"]`).checked = true;
    const at = find<HTMLInputElement>(root, '[name="arrived-at"]');
    at.disabled = arrival.kind === 'files';
    if (document.activeElement !== at && arrival.kind === 'all-at')
      at.value = toLocalField(arrival.at);
    const own = Object.keys(privateChecks);
    part(root, 'own-checks').replaceChildren(
      ...(own.length === 0
        ? []
        : [
            `Your own checks run too, for ${own.join(', ')}. `,
            pressable('Leave them out', () => void grading.change({ privateChecks: {} })),
          ]),
    );
    part(root, 'key-box').hidden = assignment.sealKey === undefined;
  }

  /** Reads what was dropped; what cannot be read is a row that says why. */
  async read(files: readonly BatchInput[]): Promise<void> {
    const { root, grading } = this.#desk;
    if (this.#reading !== undefined) {
      say(root, 'read-status', 'Files are being read: wait for them, or stop.');
      return;
    }
    this.#reading = new AbortController();
    const stop = actButton(root, 'stop-reading');
    stop.hidden = false;
    showFault(root, 'read-error');
    try {
      let said = 0;
      const batch = await readBatch(files, {
        assignment: grading.work.assignment,
        ...(this.#privateKey === undefined ? {} : { privateKey: this.#privateKey }),
        signal: this.#reading.signal,
        onProgress: ({ files: read }) => {
          if (performance.now() - said < 200) return;
          said = performance.now();
          say(root, 'read-status', `Reading: ${counted(read, 'file')}…`);
        },
      });
      // The work may have been left meanwhile.
      if (!this.#desk.isOpen || this.#desk.grading !== grading) return;
      await grading.add(batch.rows);
      say(root, 'read-status', batchWords(batch));
    } catch (error) {
      say(root, 'read-status', 'The files could not be read.');
      showFault(root, 'read-error', error);
    } finally {
      this.#reading = undefined;
      stop.hidden = true;
    }
  }

  async #loadChecks(files: readonly BatchInput[]): Promise<void> {
    const { root, grading } = this.#desk;
    showFault(root, 'checks-error');
    try {
      const exercises = grading.work.assignment.items
        .filter(({ kind }) => kind === 'exercise')
        .map(({ id }) => id);
      const found: Record<string, string> = { ...grading.work.privateChecks };
      for (const { blob, path } of files) {
        Object.assign(found, readPrivateChecks(await blob.text(), path, exercises));
      }
      await grading.change({ privateChecks: found });
      say(root, 'checks-status', 'Loaded. Grade again, and they count with the book’s own.');
    } catch (error) {
      showFault(root, 'checks-error', error);
    }
  }

  async #loadKey(file: BatchInput | undefined): Promise<void> {
    const { root, grading } = this.#desk;
    if (file === undefined) return;
    showFault(root, 'checks-error');
    try {
      const key = fittingKey(await file.blob.text(), grading.work.id);
      this.#privateKey = key ?? this.#privateKey;
      say(
        root,
        'key-status',
        key === undefined
          ? 'This key is of another assignment. It is not used.'
          : 'The key is loaded. Drop the hand-ins again.',
      );
    } catch (error) {
      showFault(root, 'checks-error', error);
    }
  }

  async #setArrival(): Promise<void> {
    const { root, grading } = this.#desk;
    const isOwn = find<HTMLInputElement>(root, '[name="arrival"][value="all-at"]').checked;
    const field = find<HTMLInputElement>(root, '[name="arrived-at"]');
    const at =
      fromLocalField(field.value) ?? grading.work.assignment.due ?? new Date().toISOString();
    await grading.change({ arrival: isOwn ? { kind: 'all-at', at } : { kind: 'files' } });
    this.#onArrival();
  }
}

const batchWords = ({ rows, ignored, stopped }: Batch): string => {
  const count = (state: string): number => rows.filter((row) => row.state === state).length;
  return (
    [
      `${stopped ? 'Stopped. ' : ''}${counted(count('ready'), 'hand-in')} read`,
      ...(count('superseded') > 0
        ? [`${count('superseded')} older ones of the same students`]
        : []),
      ...(count('refused') > 0
        ? [`${count('refused')} refused, with the reason in the table`]
        : []),
      ...(ignored.length > 0
        ? [`${ignored.length} left aside (system files, notes of the LMS)`]
        : []),
    ].join('; ') + '.'
  );
};
