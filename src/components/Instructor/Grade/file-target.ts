import type { BatchInput } from '../../../instructor/batch/found-file.ts';
import { find } from '../../live/dom.ts';
import { chosenFiles, droppedFiles } from './collect-files.ts';

/**
 * Lets an instructor drop files and folders on an area (`data-drop`), or choose them with its buttons
 * (`data-choose`), which press the inputs of the same name (`data-files`).
 */
export const fileTarget = (
  root: HTMLElement,
  name: string,
  take: (files: BatchInput[]) => void,
): void => {
  const zone = find(root, `[data-drop="${name}"]`);
  for (const button of zone.querySelectorAll<HTMLButtonElement>('[data-choose]')) {
    const input = find<HTMLInputElement>(zone, `[data-files="${button.dataset['choose']}"]`);
    // Here and not in the markup: the attribute is no standard one yet.
    if (input.dataset['folder'] !== undefined) input.webkitdirectory = true;
    button.disabled = false;
    button.addEventListener('click', () => {
      input.click();
    });
    input.addEventListener('change', () => {
      const files = chosenFiles(input);
      // Emptied at once, so that choosing the same file again is a change again.
      input.value = '';
      if (files.length > 0) take(files);
    });
  }
  let inside = 0;
  const show = (change: number): void => {
    inside = Math.max(0, inside + change);
    zone.toggleAttribute('data-over', inside > 0);
  };
  zone.addEventListener('dragenter', () => {
    show(1);
  });
  zone.addEventListener('dragleave', () => {
    show(-1);
  });
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    show(-inside);
    if (event.dataTransfer === null) return;
    void droppedFiles(event.dataTransfer).then((files) => {
      if (files.length > 0) take(files);
    });
  });
};
