import { actButton, find } from '../live/dom.ts';

/**
 * Lets a reader drop files on an area, or choose them with its button.
 *
 * @param name - of the area: `data-drop`, and of its input: `data-files`
 */
export const dropZone = (root: ParentNode, name: string, take: (files: File[]) => void): void => {
  const zone = find(root, `[data-drop="${name}"]`);
  const input = find<HTMLInputElement>(root, `[data-files="${name}"]`);
  const button = actButton(root, `choose-${name}`);
  button.disabled = false;
  button.addEventListener('click', () => {
    input.click();
  });
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    // Emptied at once, so that choosing the same file again is a change again.
    input.value = '';
    if (files.length > 0) take(files);
  });
  // Entering a child of the area leaves the area itself: the two are counted.
  let inside = 0;
  const show = (): void => {
    zone.toggleAttribute('data-over', inside > 0);
  };
  zone.addEventListener('dragenter', (event) => {
    if (!holdsFiles(event)) return;
    inside += 1;
    show();
  });
  zone.addEventListener('dragleave', () => {
    inside = Math.max(0, inside - 1);
    show();
  });
  zone.addEventListener('drop', (event) => {
    inside = 0;
    show();
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) take(files);
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
