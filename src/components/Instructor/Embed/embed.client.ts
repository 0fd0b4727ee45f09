/** What the page of a single exercise does besides the exercise itself, in a frame of another site. */
import { find } from '../../live/dom.ts';

const page = find(document, '[data-embed]');

// The page around the frame may be any: it learns the height, which is no secret, and nothing else.
if (window.parent !== window) {
  const tell = (): void => {
    const height = Math.ceil(find(document, 'main').getBoundingClientRect().height);
    window.parent.postMessage(
      { type: 'heavy-weights:height', id: page.dataset['embed'] ?? '', height },
      '*',
    );
  };
  new ResizeObserver(tell).observe(find(document, 'main'));
}

// A browser may refuse storage to frames of other sites.
addEventListener('heavy-weights:storage', () => {
  find(page, '[data-storage]').textContent =
    'This browser keeps nothing here: what you write lasts until you leave the page.';
});
