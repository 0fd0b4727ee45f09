import type { DraftFault } from '../../../instructor/build/draft-faults.ts';
import { announce } from '../../live/announce.ts';
import { find, make } from '../../live/dom.ts';

/** Lists what is to be mended or known, each with the way to its place. */
export const showFaults = (
  list: HTMLElement,
  root: HTMLElement,
  faults: readonly DraftFault[],
): void => {
  list.replaceChildren(
    ...faults.map(({ part, words, warning }) => {
      const go = make('button', { type: 'button', textContent: 'Go there' });
      go.dataset['kind'] = 'quiet';
      go.setAttribute('aria-label', `Go there: ${words}`);
      go.addEventListener('click', () => {
        const heading = find(root, `[data-part="${part}"]`);
        heading.scrollIntoView({ block: 'start' });
        heading.focus({ preventScroll: true });
      });
      const item = make('li', {}, [
        make('b', {}, [warning ? 'Note: ' : 'To do: ']),
        words,
        ' ',
        go,
      ]);
      item.dataset['warning'] = String(warning);
      return item;
    }),
  );
  find(root, '[data-complete]').hidden = faults.some(({ warning }) => !warning);
};

/** The link to an assignment, to be copied or opened. */
export const showLink = (place: HTMLElement, address: string): void => {
  const field = make('input', { type: 'text', readOnly: true, value: address });
  field.addEventListener('focus', () => {
    field.select();
  });
  const copy = make('button', { type: 'button', textContent: 'Copy' });
  copy.addEventListener('click', () => {
    navigator.clipboard.writeText(address).then(
      () => {
        announce('Link copied.');
      },
      () => {
        field.focus();
        announce('This browser does not let the page copy: the link is selected, copy it by hand.');
      },
    );
  });
  const open = make('a', {
    className: 'button',
    href: address,
    target: '_blank',
    rel: 'noopener',
    textContent: 'Open it as a student would',
  });
  place.replaceChildren(
    make('label', { className: 'build-field' }, ['The link', field]),
    make('div', { className: 'desk-acts' }, [copy, open]),
  );
};
