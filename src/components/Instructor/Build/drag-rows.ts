/**
 * Ordering a list by its handles: by pointer, mouse or finger, and by keys. Only the rows beside the dragged one move
 * in the document, so that it keeps its pointer and its focus.
 */
export interface Ordering {
  list: HTMLElement;
  /** Moves the row at `from` to `to`. */
  move: (from: number, to: number) => void;
  /** Puts the rows back as they are in the draft. */
  restore: () => void;
}

const placeOf = (row: Element): number =>
  row.parentElement === null ? -1 : [...row.parentElement.children].indexOf(row);

/** Makes a row's handle move the row. */
export const dragRow = (
  row: HTMLElement,
  handle: HTMLElement,
  { list, move, restore }: Ordering,
): void => {
  let from = -1;
  handle.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    from = placeOf(row);
    handle.setPointerCapture(event.pointerId);
    row.toggleAttribute('data-dragged', true);
  });
  handle.addEventListener('pointermove', ({ clientY }) => {
    if (from < 0) return;
    // A quick hand passes several rows between two events.
    for (let left = list.children.length; left > 0; left--) {
      const above = row.previousElementSibling;
      const below = row.nextElementSibling;
      if (above !== null && clientY < middle(above)) row.after(above);
      else if (below !== null && clientY > middle(below)) list.insertBefore(below, row);
      else break;
    }
  });
  const end = (keep: boolean): void => {
    if (from < 0) return;
    const start = from;
    from = -1;
    row.toggleAttribute('data-dragged', false);
    const to = placeOf(row);
    if (keep && to !== start) move(start, to);
    else restore();
  };
  handle.addEventListener('pointerup', () => {
    end(true);
  });
  handle.addEventListener('pointercancel', () => {
    end(false);
  });
  handle.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && from >= 0) {
      event.preventDefault();
      end(false);
      return;
    }
    const at = placeOf(row);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: list.children.length - 1 }[
      event.key
    ];
    if (to === undefined) return;
    event.preventDefault();
    if (to >= 0 && to < list.children.length && to !== at) move(at, to);
    handle.focus();
  });
};

const middle = (element: Element): number => {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
};
