/**
 * Counts the time in which a run could really work. A tick counts for no more than two intervals, so
 * a laptop that slept or a tab whose timers were throttled does not use up a run's limit.
 */
const interval = 25;

export class ActiveClock {
  #limitMs: number;
  #onLimit: () => void;
  #activeMs = 0;
  #last = performance.now();
  #paused = 0;
  #timer: ReturnType<typeof setInterval>;

  constructor(limitMs: number, onLimit: () => void) {
    this.#limitMs = limitMs;
    this.#onLimit = onLimit;
    this.#timer = setInterval(() => this.#tick(), Math.min(interval, limitMs));
  }

  #tick(): void {
    const now = performance.now();
    if (this.#paused === 0) this.#activeMs += Math.min(now - this.#last, 2 * interval);
    this.#last = now;
    if (this.#activeMs >= this.#limitMs) {
      this.stop();
      this.#onLimit();
    }
  }

  /** Waiting for the network is not the reader's time. */
  pause(): void {
    this.#tick();
    this.#paused += 1;
  }

  resume(): void {
    this.#last = performance.now();
    this.#paused -= 1;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
