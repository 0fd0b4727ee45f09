/**
 * The only script of the figures that a page loads by itself. It fetches a figure's controller when the
 * figure is near view or first touched. A controller starts from what the controls say, so a slider that
 * was moved before its controller came is obeyed.
 */
import type { FigureName } from './figure-names.ts';

const controllers: Record<FigureName, () => Promise<{ start: (root: HTMLElement) => void }>> = {
  'bytes-budget': () => import('../figures/BytesBudget/bytes-budget.client.ts'),
  'number-formats': () => import('../figures/NumberFormats/number-formats.client.ts'),
  'number-line': () => import('../figures/NumberLine/number-line.client.ts'),
  'weight-histogram': () => import('../figures/WeightHistogram/weight-histogram.client.ts'),
};
const started = new WeakSet<HTMLElement>();

async function wake(root: HTMLElement): Promise<void> {
  if (started.has(root)) return;
  started.add(root);
  const controller = await controllers[root.dataset['figure'] as FigureName]().catch(
    () => undefined,
  );
  if (!controller) {
    started.delete(root); // offline: the next touch tries again
    return;
  }
  controller.start(root);
  root.dataset['ready'] = '';
}

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      void wake(target as HTMLElement);
    }
  },
  { rootMargin: '100px' },
);
for (const root of document.querySelectorAll<HTMLElement>('hw-figure')) {
  near.observe(root);
  for (const type of ['pointerover', 'focusin', 'touchstart']) {
    root.addEventListener(type, () => void wake(root), { passive: true });
  }
}
