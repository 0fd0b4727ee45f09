import { bookNodes, make } from '../live/dom.ts';

/** Shows the first `count` hints of an exercise; those already shown stay as they are. */
export const showHints = (list: HTMLElement, hints: readonly string[], count: number): void => {
  for (let index = list.children.length; index < count; index++) {
    const heading = make('h4', {
      textContent: `Hint ${index + 1} of ${hints.length}`,
      tabIndex: -1,
    });
    list.append(make('div', {}, [heading, bookNodes(hints[index] ?? '')]));
  }
};
