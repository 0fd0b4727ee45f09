/** Errors that no `await` saw. */
const pause = setTimeout;

/**
 * Lets rejections that nothing handles be noticed before the run closes. Browsers tell of them in a
 * task of their own, which a single timer can overtake.
 */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => pause(resolve, 1));
}

interface StrayEvent {
  preventDefault?: () => void;
  reason?: unknown;
  error?: unknown;
}

export function catchStrays(report: (reason: unknown) => void): void {
  const target = globalThis as unknown as {
    addEventListener?: (type: string, listener: (event: StrayEvent) => void) => void;
  };
  target.addEventListener?.('unhandledrejection', (event) => {
    event.preventDefault?.();
    report(event.reason);
  });
  target.addEventListener?.('error', (event) => {
    event.preventDefault?.();
    report(event.error);
  });
}
