import { keep } from '../live/services.ts';

/** Remembers, once the page has been read for a moment, that the reader was here. */
const article = document.querySelector<HTMLElement>('[data-place]');
const place: unknown = JSON.parse(article?.dataset['place'] ?? 'null');

if (isPlace(place)) {
  const { path, number, title, soFar } = place;
  setTimeout(() => {
    keep((store) =>
      store.savePlace({ id: 'last', path, number, title, soFar, updatedAt: Date.now() }),
    );
  }, 2000);
}

function isPlace(value: unknown): value is Record<'path' | 'number' | 'title' | 'soFar', string> {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['path', 'number', 'title', 'soFar'].every(
      (key) => typeof (value as Record<string, unknown>)[key] === 'string',
    )
  );
}
