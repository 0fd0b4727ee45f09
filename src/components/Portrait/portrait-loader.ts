/** Fetches the engine for the portrait when its controls are first touched. */
const host = document.querySelector<HTMLElement>('hw-portrait');
const wake = (): void => {
  for (const type of events) host?.removeEventListener(type, wake);
  void import('./portrait.client.ts').then(({ livePortrait }) => host && livePortrait(host));
};
const events = ['pointerover', 'pointerdown', 'focusin', 'input'] as const;
for (const type of events) host?.addEventListener(type, wake, { passive: true });

export {};
