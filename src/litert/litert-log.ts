/** LiteRT writes why it refuses a model to its console, and little of it into the error that it throws. */
export class LiteRtLog {
  #lines: string[] = [];

  readonly add = (line: unknown): void => {
    if (this.#lines.length < 200) this.#lines.push(String(line).slice(0, 500));
  };

  /** What was written since it was last asked. */
  take(): string[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }
}
