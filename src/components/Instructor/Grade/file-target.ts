import type { BatchInput } from '../../../instructor/batch/found-file.ts';
import { chooseFiles, takeDrops } from '../../desk/drop-zone.ts';
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
    chooseFiles(button, input, () => {
      take(chosenFiles(input));
    });
  }
  takeDrops(zone, (dropped) => {
    void droppedFiles(dropped).then((files) => {
      if (files.length > 0) take(files);
    });
  });
};
