import { chromium, type Browser } from 'playwright-core';
import { browserLost, type Runner } from '../../src/instructor/grade/graded.ts';
import type { CheckReport, CheckRequest } from '../../src/runtime/protocol.ts';
import { QUIET_FLAGS } from '../ensure-browser.mjs';
import { GradingPage } from './grading-page.ts';
import { SheetPage } from './sheet-page.ts';

/** A check has its own limit; this long after it, the page itself has stopped. */
const PATIENCE_MS = 60_000;
/** What the book's sandbox needs of a processor is never to be slept away. */
const FLAGS = [
  ...QUIET_FLAGS,
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
];

/** A headless Chromium with a page for each slot. A page or browser that dies is replaced, and the check run once more. */
export class BrowserRunners {
  readonly #url: string;
  readonly #executablePath: string;
  readonly #pages = new Map<number, Promise<SheetPage>>();
  #browser: Promise<Browser> | undefined;
  #closed = false;

  constructor(url: string, executablePath: string) {
    this.#url = url;
    this.#executablePath = executablePath;
  }

  /** The runner of one slot, which runs one check at a time. */
  runnerOf(slot: number): Runner {
    return async (request, signal) => {
      let problem = '';
      for (let attempt = 0; attempt < 2; attempt++) {
        signal?.throwIfAborted();
        try {
          return await this.#run(slot, request, signal);
        } catch (error) {
          signal?.throwIfAborted();
          if (this.#closed) throw error;
          problem = error instanceof Error ? error.message : String(error);
          await this.#drop(slot);
        }
      }
      return lost(request, problem);
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await (await this.#browser?.catch(() => undefined))?.close();
  }

  async #run(slot: number, request: CheckRequest, signal?: AbortSignal): Promise<CheckReport> {
    const page = await this.#page(slot);
    // Opening it takes a while.
    signal?.throwIfAborted();
    const abandon = new AbortController();
    try {
      return await Promise.race([
        page.check(request),
        givenUp(request.limitMs + PATIENCE_MS, abandon.signal, signal),
      ]);
    } finally {
      abandon.abort();
      // What is given up must not go on beside the next.
      if (signal?.aborted) await this.#drop(slot);
    }
  }

  #page(slot: number): Promise<SheetPage> {
    const known = this.#pages.get(slot);
    if (known) return known;
    const opening = this.#open();
    this.#pages.set(slot, opening);
    return opening;
  }

  async #open(): Promise<SheetPage> {
    this.#browser ??= launch(this.#executablePath);
    const browser = await this.#browser;
    return new SheetPage(await GradingPage.open(browser, this.#url));
  }

  async #drop(slot: number): Promise<void> {
    const page = await this.#pages.get(slot)?.catch(() => undefined);
    this.#pages.delete(slot);
    await page?.close();
    const browser = await this.#browser?.catch(() => undefined);
    if (browser?.isConnected()) return;
    this.#browser = undefined;
    this.#pages.clear();
  }
}

/** The command itself ends the browser when it is stopped: results are written first. */
const OWN_SIGNALS = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };

/** With Chromium's own sandbox around ours wherever the system grants it: not to root, and not in every container. */
async function launch(executablePath: string): Promise<Browser> {
  try {
    if (process.getuid?.() !== 0) {
      return await chromium.launch({
        ...OWN_SIGNALS,
        executablePath,
        args: FLAGS,
        chromiumSandbox: true,
      });
    }
  } catch (error) {
    console.warn(
      `Chromium does not start with its own sandbox here; the book’s sandbox stands alone. ${String(error).split('\n')[0]}`,
    );
  }
  return chromium.launch({ ...OWN_SIGNALS, executablePath, args: [...FLAGS, '--no-sandbox'] });
}

/** Rejects when the page keeps silent for too long, or its check is given up. */
function givenUp(
  patienceMs: number,
  over: AbortSignal,
  signal: AbortSignal | undefined,
): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (what: string) => (): void => reject(new Error(what));
    const stopped = fail('it was stopped');
    const timer = setTimeout(fail(`it did not answer within ${patienceMs / 1000} s`), patienceMs);
    signal?.addEventListener('abort', stopped, { once: true });
    over.addEventListener('abort', () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stopped);
    });
  });
}

/** Twice gone: no run, which the grader takes for no mark. */
const lost = ({ seed }: CheckRequest, problem: string): CheckReport => ({
  passed: false,
  results: [],
  error: {
    code: browserLost,
    explain: 'The browser that ran this program went away, twice.',
    elaborate: `It says: ${problem.split('\n')[0]}.`,
    hint: 'Read the program, or run it again with fewer --jobs.',
  },
  seed,
  elapsedMs: 0,
});
