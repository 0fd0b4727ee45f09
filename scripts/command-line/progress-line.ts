const WIDTH = 24;

/** How far the work is: one line that is written over on a terminal, a line a step elsewhere. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  #last = '';

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  readonly show = (done: number, total: number, label: string): void => {
    const percent = `${Math.floor((100 * done) / Math.max(1, total))} %`.padStart(5);
    if (!this.#stream.isTTY) {
      if (label !== this.#last) this.#stream.write(`${percent}  ${label}\n`);
      this.#last = label;
      return;
    }
    const filled = Math.round((WIDTH * done) / Math.max(1, total));
    const line = `[${'#'.repeat(filled)}${' '.repeat(WIDTH - filled)}] ${percent}  ${label}`;
    if (line === this.#last) return;
    this.#stream.write(`\r\u001b[K${line}${done === total && label === 'done' ? '\n' : ''}`);
    this.#last = line;
  };

  /** Makes room for a message. */
  clear(): void {
    if (this.#stream.isTTY && this.#last !== '') this.#stream.write('\r\u001b[K');
  }
}
