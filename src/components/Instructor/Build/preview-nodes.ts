import { tokenizeTypescript } from '../../../highlight/tokenize-typescript.ts';
import { codeNodes } from '../../Editor/code-nodes.ts';
import { bookNodes, make } from '../../live/dom.ts';
import type { ExerciseSheet } from '../../Exercise/exercise-sheet.ts';
import type { Preview, PreviewOption } from './fetch-preview.ts';

/** TypeScript of the book's, coloured. */
export const codeBlock = (label: string, code: string): HTMLElement => {
  const pre = make(
    'pre',
    { className: 'hw-fence', tabIndex: 0 },
    codeNodes(tokenizeTypescript(code)),
  );
  pre.setAttribute('role', 'group');
  pre.setAttribute('aria-label', label);
  return pre;
};

const folded = (title: string, children: readonly Node[]): HTMLElement =>
  make('details', {}, [make('summary', { textContent: title }), ...children]);

/** The options of a question; with `answers`, which is right and why each is so. */
export const optionList = (options: readonly PreviewOption[], answers: boolean): HTMLElement =>
  make(
    'ol',
    { className: 'build-options' },
    options.map(({ text, why, correct }) => {
      const mark = make('b', { textContent: correct ? '✓ Right. ' : '✗ Wrong. ' });
      const item = make('li', {}, [make('p', {}, text)]);
      if (answers) {
        item.dataset['correct'] = String(correct);
        item.append(make('p', { className: 'build-why' }, [mark, ...why]));
      }
      return item;
    }),
  );

/** What an instructor sees before choosing: the task, and its answer folded below it. */
export const previewNodes = (preview: Preview, sheet?: ExerciseSheet): Node[] => {
  if (preview.kind === 'quiz') {
    return [
      make('div', { className: 'build-question' }, preview.question),
      optionList(preview.options, true),
    ];
  }
  return [
    make('div', { className: 'build-statement' }, preview.statement),
    folded('The code it begins with', [codeBlock('The code it begins with', preview.starter)]),
    ...(sheet === undefined
      ? []
      : [
          folded('The solution', [codeBlock('The solution', sheet.solution)]),
          folded(`The ${sheet.hints.length} hints`, [
            make(
              'ol',
              {},
              sheet.hints.map((hint) => make('li', {}, [bookNodes(hint)])),
            ),
          ]),
        ]),
  ];
};
