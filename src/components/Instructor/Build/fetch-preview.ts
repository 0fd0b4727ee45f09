import type { CatalogueItem } from '../../../instructor/catalogue.ts';
import { bookNodes, make } from '../../live/dom.ts';
import { siteBase } from '../../live/services.ts';

/** One option of a question, as the book prints it. */
export interface PreviewOption {
  text: Node[];
  why: Node[];
  correct: boolean;
}

/** The task itself, out of its own page: made by the book's build, so its HTML is ours. */
export type Preview =
  | { kind: 'exercise'; statement: Node[]; starter: string }
  | { kind: 'quiz'; question: Node[]; options: PreviewOption[] };

/** Fetches the page of one exercise or question and takes out what it asks. */
export const fetchPreview = async ({ kind, id }: CatalogueItem): Promise<Preview> => {
  const address = new URL(`${siteBase}embed/${id}/`, location.href);
  const response = await fetch(address);
  if (!response.ok) throw new Error(`embed/${id}/ answered ${response.status}`);
  // A page of ours; parsed in a document of its own, nothing in it runs.
  const page = make('div', {}, [bookNodes(await response.text())]);
  for (const link of page.querySelectorAll('a[href]')) {
    link.setAttribute('href', new URL(link.getAttribute('href') ?? '', address).href);
  }
  // The page may hold the same ids.
  for (const element of page.querySelectorAll('[id]')) element.removeAttribute('id');
  return kind === 'exercise' ? exerciseIn(page, id) : quizIn(page, id);
};

const part = (page: ParentNode, selector: string, id: string): Element => {
  const found = page.querySelector(selector);
  if (found === null) throw new Error(`embed/${id}/ has no ${selector}.`);
  return found;
};

const exerciseIn = (page: ParentNode, id: string): Preview => ({
  kind: 'exercise',
  statement: [...part(page, '.hw-statement', id).childNodes],
  starter: part(page, '[data-editor] pre', id).textContent,
});

const quizIn = (page: ParentNode, id: string): Preview => {
  const question = part(page, '.hw-question legend', id);
  question.querySelector('.hw-kicker')?.remove();
  const options = [...page.querySelectorAll<HTMLElement>('.hw-option')].map((option) => {
    const why = part(option, '.hw-why p', id);
    // “✓ Right.”: the list says it itself.
    why.querySelector(':scope > b')?.remove();
    return {
      text: [...part(option, 'label > span', id).childNodes],
      why: [...why.childNodes],
      correct: option.dataset['correct'] !== undefined,
    };
  });
  return { kind: 'quiz', question: [...question.childNodes], options };
};
