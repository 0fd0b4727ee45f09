/** Saves soon after the last change, and at once when the page is hidden or left. */
export class DeferSave {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly save: () => void;
  private readonly delayMs: number;

  constructor(save: () => void, delayMs = 400) {
    this.save = save;
    this.delayMs = delayMs;
    addEventListener('pagehide', this.flush);
    document.addEventListener('visibilitychange', this.flush);
  }

  readonly schedule = (): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.flush, this.delayMs);
  };

  /** Saves what waits to be saved, if anything does. */
  readonly flush = (): void => {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.save();
  };
}
