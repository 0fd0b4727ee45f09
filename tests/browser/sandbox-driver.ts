/** Runs cells and checks from a test through the page that embeds the sandbox. */
import type { Page } from '@playwright/test';
import type { Sandbox } from '../../src/runtime/host.ts';
import type {
  CheckReport,
  CheckRequest,
  OutputItem,
  RunEvent,
  RunOutcome,
  RunRequest,
} from '../../src/runtime/protocol.ts';

declare global {
  interface Window {
    sandbox: Sandbox;
    Sandbox: typeof Sandbox;
  }
}

export interface RunResult {
  outcome: RunOutcome;
  outputs: OutputItem[];
  /** Console lines, joined. */
  text: string;
  /** From the request to the outcome, in the page. */
  ms: number;
}

/** Runs TypeScript in the sandbox of the page. */
export function run(
  page: Page,
  code: string,
  request: Partial<RunRequest> = {},
): Promise<RunResult> {
  return page.evaluate(
    async (given): Promise<RunResult> => {
      const events: RunEvent[] = [];
      const startedAt = performance.now();
      const outcome = await window.sandbox.run(given, (event) => events.push(event)).done;
      const ms = performance.now() - startedAt;
      const outputs = events.flatMap((event) => (event.type === 'output' ? [event.item] : []));
      const text = outputs
        .flatMap((item) => (item.kind === 'console' ? [item.text] : []))
        .join('\n');
      return { outcome, outputs, text, ms };
    },
    { cell: 'test', section: 'test', code, seed: 1, limitMs: 5_000, ...request },
  );
}

export function check(
  page: Page,
  request: Partial<CheckRequest> & { code: string; checks: string },
): Promise<CheckReport & { ms: number }> {
  return page.evaluate(
    async (given) => {
      const startedAt = performance.now();
      const report = await window.sandbox.check(given, () => undefined).done;
      return { ...report, ms: performance.now() - startedAt };
    },
    { exercise: 'test', entry: ['answer'], mistakes: [], seed: 1, limitMs: 5_000, ...request },
  );
}
