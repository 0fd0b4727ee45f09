import { Kernel } from './kernel.ts';
import type { SpawnWorker } from './worker-link.ts';

/** While one runs, the next has started, and the one after it is starting. */
const ahead = 2;

/** Light workers, each for one submission: some always stand ready, and none is used twice. */
export class LightWorkers {
  #spawn: SpawnWorker;
  #ready: Kernel[] = [];
  #disposed = false;

  constructor(spawn: SpawnWorker) {
    this.#spawn = spawn;
  }

  take(): Kernel {
    this.fill();
    const kernel = this.#ready.shift()!;
    // Not before the one that is needed now, should it still be starting.
    void kernel.ready.then(() => this.fill());
    return kernel;
  }

  fill(): void {
    if (this.#disposed) return;
    this.#ready = this.#ready.filter(({ alive }) => alive);
    while (this.#ready.length < ahead) this.#ready.push(new Kernel(this.#spawn()));
  }

  dispose(): void {
    this.#disposed = true;
    for (const kernel of this.#ready) kernel.terminate();
    this.#ready = [];
  }
}
