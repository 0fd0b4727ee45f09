import { newGradingSeed } from '../../../instructor/grade/grading-seed.ts';
import { provePrivateChecks } from '../../../instructor/grade/private-checks.ts';
import type { QueueHandle, QueueProgress } from '../../../instructor/grade/queue.ts';
import { actButton, find } from '../../live/dom.ts';
import { part, say, showFault, type Desk, type Step } from './desk.ts';
import type { SandboxSlots } from './sandbox-slots.ts';
import { counted } from './words.ts';

const MOST_JOBS = 16;

/** The third step: everything is run again, some hand-ins at a time. */
export class RunStep implements Step {
  readonly #desk: Desk;
  readonly #slots: SandboxSlots;
  readonly #afterwards: () => void;
  #running: QueueHandle<unknown> | undefined;
  #starting: AbortController | undefined;

  constructor(desk: Desk, slots: SandboxSlots, afterwards: () => void) {
    this.#desk = desk;
    this.#slots = slots;
    this.#afterwards = afterwards;
    const { root } = desk;
    actButton(root, 'grade').addEventListener('click', () => void this.#run());
    actButton(root, 'stop').addEventListener('click', () => {
      this.stop();
    });
    const jobs = find<HTMLInputElement>(root, '[name="jobs"]');
    jobs.addEventListener('change', () => {
      const wanted = Math.round(Number(jobs.value));
      const allowed = Math.min(MOST_JOBS, Math.max(1, Number.isFinite(wanted) ? wanted : 1));
      jobs.value = String(allowed);
      void desk.grading.change({ jobs: allowed });
    });
    actButton(root, 'new-seed').addEventListener('click', () => {
      void desk.grading.change({ gradingSeed: newGradingSeed() });
    });
    const seed = find<HTMLInputElement>(root, '[name="seed"]');
    seed.addEventListener('change', () => {
      const wanted = Number(seed.value);
      const isSeed =
        seed.value.trim() !== '' && Number.isInteger(wanted) && wanted >= 0 && wanted < 2 ** 32;
      if (isSeed) void desk.grading.change({ gradingSeed: wanted });
      else seed.value = String(desk.grading.work.gradingSeed);
    });
  }

  get isRunning(): boolean {
    return this.#starting !== undefined;
  }

  stop(): void {
    this.#starting?.abort();
    this.#running?.stop();
  }

  show(): void {
    const { root, grading } = this.#desk;
    const waiting = grading.waiting.length;
    const done = grading.rows.filter((row) => row.state === 'ready').length - waiting;
    const grade = actButton(root, 'grade');
    grade.hidden = this.isRunning;
    grade.disabled = waiting === 0;
    grade.textContent = done > 0 && waiting > 0 ? 'Go on' : 'Grade';
    actButton(root, 'stop').hidden = !this.isRunning;
    const jobs = find<HTMLInputElement>(root, '[name="jobs"]');
    if (document.activeElement !== jobs) jobs.value = String(grading.work.jobs);
    jobs.disabled = this.isRunning;
    const seed = find<HTMLInputElement>(root, '[name="seed"]');
    if (document.activeElement !== seed) seed.value = String(grading.work.gradingSeed);
    seed.disabled = this.isRunning;
    actButton(root, 'new-seed').disabled = this.isRunning;
    say(
      root,
      'run-plan',
      waiting === 0 && done === 0
        ? 'No hand-ins yet.'
        : `${planWords(waiting, done)} Inputs are drawn anew from the grading seed; with the same seed the same marks come again. The feedback tells inputs that failed: for a second round draw a new seed.`,
    );
  }

  async #run(): Promise<void> {
    if (this.isRunning) return;
    const { root, grading, book } = this.#desk;
    const bar = part<HTMLProgressElement>(root, 'run-progress');
    showFault(root, 'run-error');
    const starting = new AbortController();
    this.#starting = starting;
    this.show();
    actButton(root, 'stop').focus();
    say(root, 'run-status', 'Starting the sandboxes…');
    const slots = this.#slots;
    const status = part(root, 'run-status');
    const began = performance.now();
    let last: QueueProgress | undefined;
    const tell = (): void => {
      if (last === undefined) return;
      say(root, 'run-status', progressWords(last, performance.now() - began));
    };
    // One hand-in may take ten seconds: the page says meanwhile that it is at work.
    const clock = setInterval(tell, 1_000);
    try {
      if (!(await this.#checksHold(slots, starting.signal))) return;
      starting.signal.throwIfAborted();
      bar.hidden = false;
      // The bar tells those who listen; a sentence that changes every second would talk without end.
      status.ariaLive = 'off';
      this.#running = grading.run(
        (slot) => ({ sheets: book, runner: slots.runner(slot) }),
        (progress) => {
          bar.max = Math.max(1, progress.total);
          bar.value = progress.done;
          last = progress;
          tell();
        },
      );
      const { rows, stopped } = await this.#running.done;
      clearInterval(clock);
      status.ariaLive = 'polite';
      const faults = rows.filter(({ error }) => error !== undefined).length;
      say(
        root,
        'run-status',
        `${stopped ? 'Stopped: what is done is kept. ' : ''}${counted(rows.length, 'hand-in')} graded` +
          (faults > 0 ? `, of which ${faults} could not be: the table says why.` : '.'),
      );
    } catch (error) {
      status.ariaLive = 'polite';
      if (starting.signal.aborted) {
        say(root, 'run-status', 'Stopped: what is done is kept.');
        return;
      }
      say(root, 'run-status', 'Grading ended early. What is done is kept.');
      showFault(root, 'run-error', error);
    } finally {
      clearInterval(clock);
      slots.dispose();
      this.#running = undefined;
      this.#starting = undefined;
      bar.hidden = true;
      // Who is marking meanwhile keeps their place.
      const hadFocus = document.activeElement === actButton(root, 'stop');
      if (this.#desk.isOpen) this.show();
      if (hadFocus) actButton(root, 'grade').focus();
      this.#afterwards();
    }
  }

  /** Private checks that the book's own solution fails would cost everybody marks: they are not used. */
  async #checksHold(slots: SandboxSlots, signal: AbortSignal): Promise<boolean> {
    const { root, grading, book } = this.#desk;
    const { privateChecks, gradingSeed } = grading.work;
    if (Object.keys(privateChecks).length === 0) return true;
    say(root, 'run-status', 'Trying your own checks on the book’s solutions…');
    const faults = await provePrivateChecks(privateChecks, (id) => book.exercise(id), {
      runner: (request) => slots.runner(0)(request, signal),
      seed: gradingSeed,
    });
    // A run that was stopped says nothing of the checks.
    signal.throwIfAborted();
    if (faults.length === 0) return true;
    const list = faults.map(({ exercise, explain }) => `${exercise}: ${explain}`).join(' ');
    say(root, 'run-status', `Nothing was graded. ${list} Mend them, or leave them out.`);
    return false;
  }
}

const planWords = (waiting: number, done: number): string => {
  if (waiting === 0) return `Nothing waits: ${counted(done, 'hand-in')} done.`;
  return `${counted(waiting, 'hand-in')} to be run again, ${done} done.`;
};

/** Seconds are enough: tenths would flicker. */
const duration = (ms: number): string =>
  ms < 90_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;

const progressWords = ({ done, total, remainingMs }: QueueProgress, elapsedMs: number): string => {
  const left = remainingMs === undefined ? '' : `, about ${duration(remainingMs)} to go`;
  return `${done} of ${counted(total, 'hand-in')} in ${duration(elapsedMs)}${left}.`;
};
