import { scormStatement } from '../../../instructor/scorm/course.ts';
import type { Catalogue } from '../../../instructor/catalogue.ts';
import type { Assignment } from '../../../schemas/assignment.ts';
import { ReaderError } from '../../../shared/reader-error.ts';
import { make } from '../../live/dom.ts';
import { saveBlob } from '../../live/save-blob.ts';
import { siteBase } from '../../live/services.ts';
import { markdownNodes } from '../shared/markdown-nodes.ts';
import { scormCourse, type MadeCourse } from './scorm-course.ts';
import type { PortableQuestion } from './portable-question.ts';

/**
 * The part of the Build page that makes a SCORM package: first it says what will be in it, then it saves it.
 *
 * @param assignment what is to be packed, asked for at each press
 */
export function scormPanel(assignment: () => Assignment): HTMLElement {
  const status = make('p', { className: 'desk-status' });
  status.setAttribute('role', 'status');
  const facts = make('div', { className: 'scorm-facts' });
  const look = make('button', { type: 'button', textContent: 'What would be in it?' });
  look.dataset['act'] = 'scorm-look';
  const save = make('button', { type: 'button', textContent: 'Save the SCORM package' });
  save.dataset['act'] = 'scorm-save';

  const act = async (button: HTMLButtonElement, then: (made: MadeCourse) => Promise<string>) => {
    button.disabled = true;
    status.textContent = 'Fetching the questions …';
    try {
      const made = await courseOf(assignment());
      facts.replaceChildren(...factNodes(made));
      status.textContent = await then(made);
    } catch (error) {
      if (!(error instanceof ReaderError)) console.warn(error);
      status.textContent = wordsOf(error);
    } finally {
      button.disabled = false;
    }
  };
  look.addEventListener('click', () => void act(look, () => Promise.resolve('')));
  save.addEventListener('click', () => void act(save, savePackage));

  const panel = make('div', { className: 'scorm-panel' }, [
    make('p', {}, [
      'A package for any course system (LMS) that takes SCORM 1.2. It holds the quiz questions and links to the rest.',
    ]),
    make('div', { className: 'desk-acts' }, [save, look]),
    status,
    facts,
  ]);
  panel.dataset['part'] = 'scorm';
  return panel;
}

async function courseOf(assignment: Assignment): Promise<MadeCourse> {
  const catalogue = await fetchJson<Catalogue>('exercises/index.json');
  if (catalogue === undefined) throw new Error('exercises/index.json is missing');
  return scormCourse(assignment, {
    catalogue,
    question: (id) => fetchJson<PortableQuestion>(`quizzes/${id}.json`),
    html: htmlOf,
    assignmentPage: new URL(`${siteBase}assignment/`, location.href).href,
  });
}

async function savePackage({ course }: MadeCourse): Promise<string> {
  const [{ scormPackage }, assets] = await Promise.all([
    import('../../../instructor/scorm/scorm-package.ts'),
    import('virtual:heavy-weights/scorm'),
  ]);
  const bytes = scormPackage(course, assets);
  const name = `heavy-weights-${course.id}-scorm12.zip`;
  saveBlob(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/zip' }), name);
  return `Saved as ${name}, ${Math.ceil(bytes.length / 1000)} kB. Upload it to your course as a SCORM 1.2 package.`;
}

const factNodes = ({ course, remarks }: MadeCourse): Node[] => [
  ...remarks.map((remark) => make('p', { className: 'scorm-remark' }, [remark])),
  ...scormStatement(course).map((sentence) => make('p', {}, [sentence])),
];

/** Nodes were built of the foreign text; the browser itself writes them out. */
function htmlOf(markdown: string): string {
  const box = document.createElement('div');
  box.append(...markdownNodes(markdown, { heading: 2 }));
  return box.innerHTML;
}

/** Undefined for what this printing does not have. */
async function fetchJson<T>(path: string): Promise<T | undefined> {
  const response = await fetch(siteBase + path);
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as T;
}

const wordsOf = (error: unknown): string =>
  error instanceof ReaderError
    ? [error.explain, error.hint].filter(Boolean).join(' ')
    : 'The package could not be made: a part of the book was not to be had. Check the connection and try again.';
