import type { Browser, Page } from '@playwright/test';

/** The longest stretch in which a page could do nothing else. */
export interface LongestTask {
  /** Time that the processor worked on it. */
  cpuMs: number;
  /** Time that passed. */
  wallMs: number;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  ts: number;
  args: { name?: string; chrome_mojo_event_info?: { mojo_interface_tag?: string } };
}

/** Watches the main thread of a page while something is done. What Playwright itself asks of it does not count. */
export async function longestTask(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<LongestTask> {
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', '__metadata'] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const events = traceEvents.filter(({ ph, pid, tid }) => ph === 'X' && mains.has(`${pid}/${tid}`));
  const asked = events.filter(
    ({ args }) => args.chrome_mojo_event_info?.mojo_interface_tag === 'blink.mojom.DevToolsSession',
  );
  const tasks = events.filter(
    ({ name, pid, ts, dur = 0 }) =>
      /RunTask$/.test(name) &&
      !asked.some((each) => each.pid === pid && each.ts >= ts && each.ts <= ts + dur),
  );
  const longest = (of: (event: TraceEvent) => number | undefined): number =>
    Math.max(0, ...tasks.map((event) => (of(event) ?? 0) / 1000));
  if (!tasks.some(({ tdur }) => tdur !== undefined)) {
    throw new Error(`The trace has no processor times: ${tasks.length} tasks.`);
  }
  return { cpuMs: longest(({ tdur }) => tdur), wallMs: longest(({ dur }) => dur) };
}
