import { actButton, find } from '../live/dom.ts';

/**
 * Lets a reader drop files on an area, or choose them with its button.
 *
 * @param name - of the area: `data-drop`, and of its input: `data-files`
 */
export const dropZone = (root: ParentNode, name: string, take: (files: File[]) => void): void => {
  takeDrops(find(root, `[data-drop="${name}"]`), ({ files }) => {
    if (files.length > 0) take([...files]);
  });
  chooseFiles(actButton(root, `choose-${name}`), find(root, `[data-files="${name}"]`), (input) => {
    take([...(input.files ?? [])]);
  });
};

/** Brings a button to life that presses an input for files. `take` is called only if some were chosen. */
export const chooseFiles = (
  button: HTMLButtonElement,
  input: HTMLInputElement,
  take: (input: HTMLInputElement) => void,
): void => {
  button.disabled = false;
  button.addEventListener('click', () => {
    input.click();
  });
  input.addEventListener('change', () => {
    if (input.files?.length) take(input);
    // Emptied at once, so that choosing the same file again is a change again.
    input.value = '';
  });
};

/** Lets an area take what is dropped on it, and shows while files are held over it. */
export const takeDrops = (zone: HTMLElement, take: (dropped: DataTransfer) => void): void => {
  // Entering a child of the area leaves the area itself: the two are counted.
  let inside = 0;
  const show = (now: number): void => {
    inside = Math.max(0, now);
    zone.toggleAttribute('data-over', inside > 0);
  };
  zone.addEventListener('dragenter', (event) => {
    if (holdsFiles(event)) show(inside + 1);
  });
  zone.addEventListener('dragleave', () => {
    show(inside - 1);
  });
  zone.addEventListener('drop', (event) => {
    show(0);
    event.preventDefault();
    if (event.dataTransfer !== null) take(event.dataTransfer);
  });
};

const holdsFiles = (event: DragEvent): boolean =>
  event.dataTransfer?.types.includes('Files') ?? false;

/** A file dropped beside an area must not replace the page and all that is on it. */
export const keepPageOnDrop = (): void => {
  const keep = (event: DragEvent): void => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    const over = event.target instanceof Element && event.target.closest('[data-drop]');
    if (!over && event.dataTransfer) event.dataTransfer.dropEffect = 'none';
  };
  addEventListener('dragover', keep);
  addEventListener('drop', keep);
};
