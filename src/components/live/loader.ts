/**
 * The only script of the live components that a page loads by itself. It fetches a component's
 * controller when the component is near view or first touched, and repeats the press of a button
 * that came before its controller did.
 */
const controllers: Readonly<Record<string, () => Promise<unknown>>> = {
  'hw-cell': () => import('../Cell/cell.client.ts'),
  'hw-exercise': () => import('../Exercise/exercise.client.ts'),
  'hw-quiz': () => import('../Quiz/quiz.client.ts'),
  'hw-envelopes': () => import('../Envelopes/envelopes.client.ts'),
  'hw-kept': () => import('../Kept/kept.client.ts'),
  'hw-prediction': () => import('../Prediction/prediction.client.ts'),
};
const live = Object.keys(controllers).join();

/** The live component around an event's target, unless its controller is already there. */
const asleep = (event: Event): Element | null => {
  const host = event.target instanceof Element ? event.target.closest(live) : null;
  return host && !customElements.get(host.localName) ? host : null;
};

const wake = async (host: Element): Promise<void> => {
  await controllers[host.localName]?.();
};

const press = (event: Event, selector: string): void => {
  const host = asleep(event);
  const target = host && (event.target as Element).closest<HTMLElement>(selector);
  if (!target) return;
  event.preventDefault();
  event.stopPropagation();
  void wake(host).then(() => {
    target.click();
  });
};

for (const type of ['pointerover', 'pointerdown', 'touchstart', 'focusin']) {
  document.addEventListener(
    type,
    (event) => {
      const host = asleep(event);
      if (host) void wake(host);
    },
    { capture: true, passive: true },
  );
}
document.addEventListener(
  'click',
  (event) => {
    press(event, 'button,[data-editor],hw-envelopes summary');
  },
  true,
);
document.addEventListener(
  'keydown',
  (event) => {
    if (event.key === 'Enter') press(event, '[data-editor]');
  },
  true,
);
document.addEventListener(
  'submit',
  (event) => {
    if (asleep(event)) event.preventDefault();
  },
  true,
);

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      void wake(target);
    }
  },
  { rootMargin: '200px' },
);
for (const host of document.querySelectorAll(live)) near.observe(host);
