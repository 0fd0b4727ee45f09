import { tokenizeTypescript } from '../../highlight/tokenize-typescript.ts';
import { codeNodes } from '../Editor/code-nodes.ts';
import { editorKind } from '../Editor/open-editor.ts';
import { make } from '../live/dom.ts';

const side = (heading: string, code: string): HTMLElement => {
  const pre = make(
    'pre',
    { className: 'hw-fence', tabIndex: 0 },
    codeNodes(tokenizeTypescript(code)),
  );
  pre.setAttribute('role', 'group');
  pre.setAttribute('aria-label', heading);
  return make('div', {}, [make('h5', { textContent: heading }), pre]);
};

/** Shows the solution beside the reader's code: a diff in Monaco, or the two texts. */
export const showSolution = async (
  root: HTMLElement,
  mine: string,
  solution: string,
): Promise<void> => {
  const heading = make('h4', { textContent: 'Solution', tabIndex: -1 });
  if ((await editorKind()) === 'plain') {
    root.replaceChildren(
      heading,
      make('div', { className: 'hw-sides' }, [side('Yours', mine), side('The book’s', solution)]),
    );
  } else {
    const note = make('p', {
      className: 'hw-note',
      textContent: 'Yours, then the book’s; what differs is marked.',
    });
    const frame = make('div', { className: 'hw-diff' });
    root.replaceChildren(heading, note, frame);
    const { openMonacoDiff } = await import('../Editor/monaco-diff.ts');
    openMonacoDiff(frame, mine, solution);
  }
  heading.focus();
};
