import { announce } from '../live/announce.ts';
import { make } from '../live/dom.ts';
import { siteBase } from '../live/services.ts';
import { ReaderError } from '../../shared/reader-error.ts';

interface Shared {
  title: string;
  url: string;
}

const shareCode = async () => {
  const [{ shareFragment }, { withAbove }] = await Promise.all([
    import('./share-code.ts'),
    import('./with-above.ts'),
  ]);
  return { shareFragment, withAbove };
};

/** Makes a button share some code, as a link to the playground that carries it and what it needs of the code above. */
export const sharesCode = (
  button: HTMLButtonElement,
  shown: () => { title: string; code: string; above: readonly string[] },
): void => {
  // Before the press: some browsers let a page copy only in the very moment of one.
  for (const type of ['pointerenter', 'touchstart', 'focus']) {
    button.addEventListener(type, () => void shareCode().catch(() => undefined), { passive: true });
  }
  button.addEventListener('click', () => {
    void share(button, async () => {
      const { shareFragment, withAbove } = await shareCode();
      const { title, code, above } = shown();
      const url = new URL(`${siteBase}playground/`, location.href);
      url.hash = shareFragment(withAbove(above, code));
      return { title, url: url.href };
    });
  });
};

/** Makes a button share the place of this page where something stands. */
export const sharesPlace = (
  button: HTMLButtonElement,
  shown: () => { title: string; id: string },
): void => {
  button.addEventListener('click', () => {
    const { title, id } = shown();
    const url = new URL(location.href);
    url.hash = id;
    void share(button, () => Promise.resolve({ title, url: url.href }));
  });
};

const share = async (button: HTMLElement, make: () => Promise<Shared>): Promise<void> => {
  button.parentElement?.parentElement?.querySelector('.hw-link')?.remove();
  try {
    await give(button, await make());
  } catch (error) {
    if (error instanceof ReaderError) {
      announce([error.explain, error.hint].filter(Boolean).join(' '));
      return;
    }
    console.warn(error);
    announce('The link could not be made. Check the connection and press Share again.');
  }
};

/** By the system's own sheet where there is one, else by the clipboard, else to be copied by hand. */
const give = async (button: HTMLElement, { title, url }: Shared): Promise<void> => {
  if ('share' in navigator) {
    try {
      await navigator.share({ title, url });
      return;
    } catch (error) {
      // The reader thought better of it.
      if (error instanceof DOMException && error.name === 'AbortError') return;
    }
  }
  try {
    await navigator.clipboard.writeText(url);
    announce(`Link copied: ${url.length.toLocaleString('en-GB')} characters.`);
  } catch {
    showLink(button, url);
  }
};

const showLink = (button: HTMLElement, url: string): void => {
  const field = make('input', { type: 'text', readOnly: true, value: url });
  field.addEventListener('focus', () => {
    field.select();
  });
  const label = make('label', { className: 'hw-link hw-note' }, [
    'The link, to be copied: ',
    field,
  ]);
  button.parentElement?.after(label);
  field.focus();
};
