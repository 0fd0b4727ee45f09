import { themeName } from '../../highlight/code-theme.ts';
import { editor } from './monaco-setup.ts';

/** Shows two texts as a diff: the reader's at the left (or above), the book's at the right (or below). */
export const openMonacoDiff = (container: HTMLElement, mine: string, books: string): void => {
  const plainBrackets = {
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  };
  const original = editor.createModel(mine, 'typescript');
  const modified = editor.createModel(books, 'typescript');
  original.updateOptions(plainBrackets);
  modified.updateOptions(plainBrackets);
  const like = getComputedStyle(container);
  const diff = editor.createDiffEditor(container, {
    theme: themeName,
    readOnly: true,
    originalEditable: false,
    renderSideBySide: true,
    useInlineViewWhenSpaceIsLimited: true,
    renderSideBySideInlineBreakpoint: 820,
    automaticLayout: true,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    overviewRulerLanes: 0,
    renderOverviewRuler: false,
    stickyScroll: { enabled: false },
    guides: { indentation: false, bracketPairs: false },
    fontFamily: like.fontFamily,
    fontSize: parseFloat(like.fontSize),
    lineHeight: parseFloat(like.lineHeight),
    wordWrap: 'on',
    tabFocusMode: true,
    scrollbar: { alwaysConsumeMouseWheel: false, vertical: 'hidden' },
    originalAriaLabel: 'Your code',
    modifiedAriaLabel: 'The book’s solution',
  });
  diff.setModel({ original, modified });
  const fit = (): void => {
    const sides = [diff.getOriginalEditor(), diff.getModifiedEditor()];
    container.style.height = `${Math.max(...sides.map((side) => side.getContentHeight())) + 4}px`;
  };
  diff.onDidUpdateDiff(fit);
  for (const side of [diff.getOriginalEditor(), diff.getModifiedEditor()])
    side.onDidContentSizeChange(fit);
  fit();
};
