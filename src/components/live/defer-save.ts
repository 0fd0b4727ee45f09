/** Saves soon after the last change, and at once when the page is hidden or left. */
export class DeferSave {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly save: () => void;
  private readonly delayMs: number;

  /** `leave` is called besides `save` when the page may be going away: it must be done when it returns. */
  constructor(save: () => void, leave: () => void, delayMs = 400) {
    this.save = save;
    this.delayMs = delayMs;
    const left = (): void => {
      if (this.timer === undefined) return;
      leave();
      this.flush();
    };
    addEventListener('pagehide', left);
    document.addEventListener('visibilitychange', left);
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
