/**
 * The only script of the figures that a page loads by itself. It fetches a figure's controller when the
 * figure is near view or first touched. A controller starts from what the controls say, so a slider that
 * was moved before its controller came is obeyed.
 */
import { figureName } from './figure-name.ts';

type Controller = { start: (root: HTMLElement) => void };

const controllers = new Map(
  Object.entries(import.meta.glob<Controller>('../figures/*/*.client.ts')).map(([path, load]) => [
    figureName(path),
    load,
  ]),
);
const started = new WeakSet<HTMLElement>();

async function wake(root: HTMLElement): Promise<void> {
  if (started.has(root)) return;
  started.add(root);
  const controller = await controllers
    .get(root.dataset['figure'] ?? '')?.()
    .catch(() => undefined);
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
