import type { Sabotage } from '../../crime/sabotages.ts';
import { caps } from '../caps.ts';
import { formatMessage } from './format-value.ts';
import type { ConsoleLevel, DisplayItem, OutputItem, ProgressUpdate } from '../protocol.ts';
import type { FileReply } from '../wire.ts';
import type { OpenRun, Send } from './run-channel.ts';

// Captured here: a reader may replace them on the global object.
const now = performance.now.bind(performance);
const later = setTimeout;

/**
 * What one run sends: console lines in batches, display items, progress at a bounded rate. Past the
 * caps it counts instead of sending, so 100,000 lines cost next to nothing.
 */
export class RunOutput implements OpenRun {
  readonly id: number;
  readonly caseNumber: number | undefined;
  #send: Send;
  #waiting: OutputItem[] = [];
  #lastFlush = now();
  #flushPlanned = false;
  #lines = 0;
  #characters = 0;
  #items = 0;
  #omittedLines = 0;
  #omittedItems = 0;
  #toldOmitted = 0;
  #lastProgress = -Infinity;
  #heldProgress: ProgressUpdate | undefined;
  #requests = new Map<number, (reply: FileReply) => void>();
  #nextRequest = 1;
  #open = true;

  constructor(id: number, send: Send, caseNumber?: number) {
    this.id = id;
    this.caseNumber = caseNumber;
    this.#send = send;
  }

  write(level: ConsoleLevel, values: unknown[]): void {
    if (!this.#open) return;
    if (this.#lines >= caps.consoleLines || this.#characters >= caps.consoleLength) {
      this.#omittedLines += 1;
      this.#flushIfDue();
      return;
    }
    const text = shorten(formatMessage(values), caps.lineLength);
    this.#lines += 1;
    this.#characters += text.length;
    this.#waiting.push({ kind: 'console', level, text });
    this.#flushIfDue();
  }

  show(item: DisplayItem): void {
    if (!this.#open) return;
    if (this.#items >= caps.displayItems) {
      this.#omittedItems += 1;
      this.#flushIfDue();
      return;
    }
    this.#items += 1;
    this.#waiting.push(item);
    this.#flushIfDue();
  }

  progress(update: ProgressUpdate): void {
    if (!this.#open) return;
    const time = now();
    if (time - this.#lastProgress < caps.progressEveryMs) {
      this.#heldProgress = update;
      return;
    }
    this.#lastProgress = time;
    this.#heldProgress = undefined;
    this.#send({ type: 'progress', run: this.id, progress: update });
  }

  convict(sabotage: Sabotage): void {
    if (this.#open) this.#send({ type: 'verdict', run: this.id, sabotage });
  }

  requestFile(name: string, part?: number): Promise<FileReply> {
    const request = this.#nextRequest++;
    return new Promise((resolve) => {
      this.#requests.set(request, resolve);
      this.#send({
        type: 'file',
        run: this.id,
        request,
        name,
        ...(part === undefined ? {} : { part }),
      });
    });
  }

  answerFile(request: number, reply: FileReply): void {
    this.#requests.get(request)?.(reply);
    this.#requests.delete(request);
  }

  /**
   * A busy loop never lets a timer fire, so time is looked at with every line; and the first lines go
   * at once, so that what was printed just before an endless loop is seen.
   */
  #flushIfDue(): void {
    const soon = this.#lines + this.#items <= caps.linesSentAtOnce && this.#waiting.length > 0;
    if (soon || now() - this.#lastFlush >= caps.flushEveryMs) {
      this.flush();
    } else if (!this.#flushPlanned) {
      this.#flushPlanned = true;
      later(() => {
        this.#flushPlanned = false;
        this.flush();
      }, caps.flushEveryMs);
    }
  }

  flush(): void {
    if (!this.#open) return;
    this.#lastFlush = now();
    if (this.#waiting.length > 0) {
      this.#send({ type: 'output', run: this.id, items: this.#waiting });
      this.#waiting = [];
    }
    if (this.#heldProgress && now() - this.#lastProgress >= caps.progressEveryMs)
      this.progress(this.#heldProgress);
    const omitted = this.#omittedLines + this.#omittedItems;
    if (omitted > this.#toldOmitted) {
      this.#toldOmitted = omitted;
      this.#send({
        type: 'omitted',
        run: this.id,
        lines: this.#omittedLines,
        items: this.#omittedItems,
      });
    }
  }

  /** The last words of the run; nothing passes after them. */
  close(): void {
    this.flush();
    if (this.#heldProgress)
      this.#send({ type: 'progress', run: this.id, progress: this.#heldProgress });
    this.#open = false;
  }
}

function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length)}… (${text.length - length} more characters)`;
}
