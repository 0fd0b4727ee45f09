import { runnerOf, type Checks } from '../../../instructor/grade/runner.ts';
import type { Runner } from '../../../instructor/grade/graded.ts';

/** A sandbox as grading uses it. */
export interface SlotSandbox extends Checks {
  dispose(): void;
}

/**
 * One sandbox for each hand-in that is graded at a time: a sandbox runs one check at once. They are made when they are
 * first needed; each check of theirs gets a realm of its own.
 */
export class SandboxSlots {
  readonly #make: () => Promise<SlotSandbox>;
  readonly #slots = new Map<number, Promise<{ sandbox: SlotSandbox; runner: Runner }>>();

  constructor(make: () => Promise<SlotSandbox>) {
    this.#make = make;
  }

  /** The runner of a slot. A sandbox that could not be made is tried again with the next check. */
  runner(slot: number): Runner {
    return async (request, signal) => (await this.#open(slot)).runner(request, signal);
  }

  /** Ends all code and removes the frames. */
  dispose(): void {
    for (const opened of this.#slots.values()) {
      opened.then(
        ({ sandbox }) => {
          sandbox.dispose();
        },
        () => undefined,
      );
    }
    this.#slots.clear();
  }

  #open(slot: number): Promise<{ sandbox: SlotSandbox; runner: Runner }> {
    const known = this.#slots.get(slot);
    if (known !== undefined) return known;
    const opened = this.#make().then((sandbox) => ({ sandbox, runner: runnerOf(sandbox) }));
    this.#slots.set(slot, opened);
    opened.catch(() => {
      if (this.#slots.get(slot) === opened) this.#slots.delete(slot);
    });
    return opened;
  }
}

/** Hand-ins at a time unless the instructor says otherwise: each takes a processor and some 300 MB. */
export const likelyJobs = (processors = 2): number =>
  Math.min(4, Math.max(1, Math.floor(processors)));
