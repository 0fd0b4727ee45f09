import { KeyCode, KeyMod, Uri } from 'monaco-editor/editor';
import type { editor as Monaco } from 'monaco-editor/editor';
import { keysHelp } from './code-editor.ts';
import type { CodeEditor, EditorOptions } from './code-editor.ts';
import { themeName } from '../../highlight/code-theme.ts';
import { addAbove, editor, showAbove } from './monaco-setup.ts';
import { onTabTrapping, restoreTabTrapping, toggleTabTrapping } from './tab-trapping.ts';

/** Options that make Monaco stand exactly where the static code stood. */
const placeOptions = (like: HTMLElement): Monaco.IEditorOptions => {
  const style = getComputedStyle(like);
  const fontSize = parseFloat(style.fontSize);
  return {
    fontFamily: style.fontFamily,
    fontSize,
    lineHeight: parseFloat(style.lineHeight),
    fontLigatures: style.fontVariantLigatures !== 'none',
    padding: { top: parseFloat(style.paddingTop), bottom: parseFloat(style.paddingBottom) },
    lineNumbersMinChars: 3,
    lineDecorationsWidth: Math.round(fontSize),
    glyphMargin: false,
    folding: false,
  };
};

/** What a page of reading does not want of an editor made for whole projects. */
const quietOptions: Monaco.IStandaloneEditorConstructionOptions = {
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  renderLineHighlight: 'none',
  stickyScroll: { enabled: false },
  guides: { indentation: false, bracketPairs: false },
  occurrencesHighlight: 'off',
  scrollbar: {
    alwaysConsumeMouseWheel: false,
    vertical: 'hidden',
    horizontalScrollbarSize: 8,
    ignoreHorizontalScrollbarInContentHeight: true,
  },
  fixedOverflowWidgets: true,
  automaticLayout: true,
  tabSize: 2,
  insertSpaces: true,
  'semanticHighlighting.enabled': false,
  wordBasedSuggestions: 'off',
  unicodeHighlight: { nonBasicASCII: false },
};

/** While one of these is open, Escape is theirs. */
const escapeIsFree =
  'editorTextFocus && !suggestWidgetVisible && !findWidgetVisible && !parameterHintsVisible && ' +
  '!renameInputVisible && !inSnippetMode && !editorHasMultipleSelections && !editorHasSelection && ' +
  '!markersNavigationVisible && !editorHoverVisible && !referenceSearchVisible';

const addKeys = (
  instance: Monaco.IStandaloneCodeEditor,
  { onRun, onLeave }: EditorOptions,
): void => {
  instance.addAction({
    id: 'heavy-weights.run',
    label: 'Run',
    keybindings: [KeyMod.CtrlCmd | KeyCode.Enter],
    run: onRun,
  });
  instance.addAction({
    id: 'heavy-weights.leave',
    label: 'Leave the editor',
    keybindings: [KeyCode.Escape],
    keybindingContext: escapeIsFree,
    run: onLeave,
  });
  instance.addAction({
    id: 'heavy-weights.tab',
    label: 'Change what Tab does',
    // On a Mac both: the book says Ctrl+M, and Monaco's CtrlCmd is the command key there.
    keybindings: [KeyMod.CtrlCmd | KeyCode.KeyM, KeyMod.WinCtrl | KeyCode.KeyM],
    run: toggleTabTrapping,
  });
};

/** Moves the text to where the static text began: what Monaco's own gutter lacks goes into its margin. */
const alignText = (instance: Monaco.IStandaloneCodeEditor, like: HTMLElement): void => {
  const lacking =
    parseFloat(getComputedStyle(like).paddingLeft) - instance.getLayoutInfo().contentLeft;
  const margin = instance.getLayoutInfo().decorationsWidth;
  instance.updateOptions({ lineDecorationsWidth: Math.max(0, margin + lacking) });
};

const typingHelp: Monaco.IEditorOptions = {
  autoIndent: 'full',
  autoClosingBrackets: 'languageDefined',
  autoClosingQuotes: 'languageDefined',
  autoClosingComments: 'languageDefined',
  autoSurround: 'languageDefined',
};
const noTypingHelp: Monaco.IEditorOptions = {
  autoIndent: 'none',
  autoClosingBrackets: 'never',
  autoClosingQuotes: 'never',
  autoClosingComments: 'never',
  autoSurround: 'never',
};

/**
 * Indents and closes for a reader who presses keys. Text that comes whole (dictation, a text expander,
 * an input method) brings its own indentation and brackets, and no key press.
 */
const helpForKeysOnly = (instance: Monaco.IStandaloneCodeEditor, container: HTMLElement): void => {
  const use = (help: Monaco.IEditorOptions) => (): void => {
    instance.updateOptions(help);
  };
  container.addEventListener('keydown', use(typingHelp), true);
  container.addEventListener('keyup', use(noTypingHelp), true);
  use(noTypingHelp)();
};

/** The container grows with the text, so that the page scrolls and the editor does not. */
const growWithText = (instance: Monaco.IStandaloneCodeEditor, container: HTMLElement): void => {
  const fit = (): void => {
    container.style.height = `${instance.getContentHeight()}px`;
  };
  instance.onDidContentSizeChange(fit);
  fit();
};

const painted = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      setTimeout(resolve, 0);
    });
    // A hidden page paints nothing.
    setTimeout(resolve, 200);
  });

class MonacoEditor implements CodeEditor {
  readonly kind = 'monaco';
  private readonly instance: Monaco.IStandaloneCodeEditor;
  private readonly model: Monaco.ITextModel;
  private readonly marks: Monaco.IEditorDecorationsCollection;
  private silent = false;
  private passing = false;
  private trapping = true;

  constructor(options: EditorOptions) {
    const uri = Uri.parse(`file:///book/${options.name}.ts`);
    this.model = editor.createModel(options.text, 'typescript', uri);
    this.instance = editor.create(options.container, {
      ...quietOptions,
      ...placeOptions(options.like),
      model: this.model,
      theme: themeName,
      ariaLabel: `${options.label}. ${keysHelp}`,
    });
    this.marks = this.instance.createDecorationsCollection();
    this.model.updateOptions({
      bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
    });
    alignText(this.instance, options.like);
    helpForKeysOnly(this.instance, options.container);
    growWithText(this.instance, options.container);
    addKeys(this.instance, options);
    onTabTrapping((trapping) => {
      this.trapping = trapping;
      this.setPassing(false);
    });
    this.instance.onMouseDown(() => {
      this.setPassing(false);
    });
    this.instance.onDidFocusEditorText(showAbove);
    addAbove(options.above);
    this.model.onDidChangeContent(() => {
      if (this.silent) return;
      this.setPassing(false);
      this.markLine(undefined);
      options.onChange(this.value());
    });
  }

  value(): string {
    return this.model.getValue();
  }

  setValue(text: string): void {
    this.silent = true;
    this.marks.clear();
    this.instance.pushUndoStop();
    this.model.pushEditOperations(
      [],
      [{ range: this.model.getFullModelRange(), text }],
      () => null,
    );
    this.instance.pushUndoStop();
    this.silent = false;
  }

  setReadOnly(readOnly: boolean): void {
    this.instance.updateOptions({ readOnly });
  }

  focus(offset?: number, passing = false): void {
    this.setPassing(passing);
    if (offset !== undefined) this.instance.setPosition(this.model.getPositionAt(offset));
    this.instance.focus();
  }

  private setPassing(passing: boolean): void {
    this.passing = passing;
    this.instance.updateOptions({ tabFocusMode: !this.trapping || this.passing });
  }

  markLine(line: number | undefined, message?: string): void {
    if (line === undefined || line > this.model.getLineCount()) {
      this.marks.clear();
      return;
    }
    const hover =
      message === undefined
        ? {}
        : { hoverMessage: { value: message.replace(/[\\`*_{}[\]()#+\-.!<>|&]/g, '\\$&') } };
    this.marks.set([
      {
        range: {
          startLineNumber: line,
          startColumn: 1,
          endLineNumber: line,
          endColumn: this.model.getLineMaxColumn(line),
        },
        options: { isWholeLine: true, className: 'hw-marked', ...hover },
      },
    ]);
  }

  goTo(line: number): void {
    const lineNumber = Math.min(line, this.model.getLineCount());
    this.instance.setPosition({
      lineNumber,
      column: this.model.getLineFirstNonWhitespaceColumn(lineNumber) || 1,
    });
    this.instance.focus();
    const top = this.instance.getTopForLineNumber(lineNumber);
    const box = this.instance.getDomNode()?.getBoundingClientRect();
    if (box && (box.top + top < 60 || box.top + top > innerHeight - 60)) {
      scrollBy({ top: box.top + top - innerHeight / 3 });
    }
  }
}

/** Opens Monaco in a container; done once it is painted. */
export const openMonacoEditor = async (options: EditorOptions): Promise<CodeEditor> => {
  await Promise.all([restoreTabTrapping(), document.fonts.ready]);
  const opened = new MonacoEditor(options);
  await painted();
  return opened;
};
