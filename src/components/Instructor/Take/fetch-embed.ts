import { ReaderError } from '../../../shared/reader-error.ts';
import { siteBase } from '../../live/services.ts';

/** Address of the page of one exercise or question, below the site's base. */
export const embedPath = (id: string): string => `embed/${id}/`;

const tags = { exercise: 'hw-exercise', quiz: 'hw-quiz' } as const;

/**
 * Takes an exercise or a question out of its own page, which this build made. The element is not yet in the page: its
 * terms can still be set.
 *
 * @throws ReaderError `item-missing`, `item-not-fetched`
 */
export const fetchEmbed = async (
  kind: keyof typeof tags,
  id: string,
): Promise<{ element: HTMLElement; title: string }> => {
  const response = await fetch(siteBase + embedPath(id)).catch(() => undefined);
  if (response === undefined || response.status >= 500) {
    throw new ReaderError({
      code: 'item-not-fetched',
      explain: 'This part of the assignment could not be fetched.',
      hint: 'Check the connection and try again. What you wrote is kept.',
    });
  }
  // A server of single-page sites answers everything; then the page holds no such element.
  const parsed = new DOMParser().parseFromString(
    response.ok ? await response.text() : '',
    'text/html',
  );
  const found = parsed.querySelector<HTMLElement>(tags[kind]);
  const named = found?.querySelector(`[data-${kind}="${CSS.escape(id)}"]`) ?? null;
  if (found === null || named === null) {
    throw new ReaderError({
      code: 'item-missing',
      explain: `This printing of the book has no ${kind === 'quiz' ? 'question' : 'exercise'} “${id}”.`,
      hint: 'Open the book’s newest printing, or tell your instructor. The rest of the assignment can be done and handed in.',
    });
  }
  const address = new URL(siteBase + embedPath(id), location.href);
  for (const link of found.querySelectorAll('a[href]')) {
    link.setAttribute('href', new URL(link.getAttribute('href') ?? '', address).href);
  }
  const element = document.importNode(found, true);
  customElements.upgrade(element);
  return { element, title: titleOf(named) };
};

/** The words of its title, without “Exercise” or “Question” before it. */
const titleOf = (section: Element): string => {
  const heading = section.querySelector('.hw-title, legend')?.cloneNode(true) as
    Element | undefined;
  // A formula is in the page twice: as MathML, which speaks, and as its drawing.
  for (const extra of heading?.querySelectorAll('.hw-kicker, .katex-html, annotation') ?? []) {
    extra.remove();
  }
  return heading?.textContent.replace(/\s+/g, ' ').trim() ?? '';
};
