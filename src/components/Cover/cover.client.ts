import { showContinue } from '../Contents/show-continue.ts';
import { openStore } from '../live/services.ts';

/** A reader who comes back may go on where they were. */
const cover = document.querySelector<HTMLElement>('hw-cover');
const place = cover?.querySelector<HTMLElement>('[data-continue]');
if (cover && place) {
  const store = await openStore();
  showContinue(place, await store.lastPlace(), cover.dataset['base'] ?? '/');
}
