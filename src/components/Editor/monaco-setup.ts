/** Monaco by its slim entry points: the editor, its features, TypeScript; no other language. */
import { editor } from 'monaco-editor/editor';
import type { Environment } from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/typescript/register';
import {
  ModuleKind,
  ModuleResolutionKind,
  ScriptTarget,
  typescriptDefaults,
} from 'monaco-editor/languages/features/typescript/register';
import TypeScriptWorker from 'monaco-editor/language/typescript/ts.worker?worker';
import { themeName, tokenVariable } from '../../highlight/code-theme.ts';
import { tokenKinds } from '../../highlight/token-kinds.ts';
import type { TokenKind } from '../../highlight/token-kinds.ts';
import { siteBase } from '../live/services.ts';
import { isDark, onThemeChange, toHex, tokenColours } from '../live/theme-colours.ts';
import { aboveLibraries } from './above-libraries.ts';

/** Monaco's names for what the book colours. */
const monacoTokens: Readonly<Record<TokenKind, readonly string[]>> = {
  keyword: ['keyword'],
  string: ['string', 'regexp'],
  number: ['number'],
  comment: ['comment'],
  type: ['type'],
  function: [],
  punctuation: ['delimiter'],
};

const surfaces = [
  '--code-bg',
  '--code-ink',
  '--ink',
  '--ink-soft',
  '--accent',
  '--paper-raised',
  '--focus',
] as const;

const defineTheme = (): void => {
  const colours = tokenColours([...surfaces, ...tokenKinds.map(tokenVariable)]);
  const colour = (token: (typeof surfaces)[number] | ReturnType<typeof tokenVariable>): string =>
    toHex(colours[token]);
  const dark = isDark(colours['--code-bg']);
  const soft = colour('--ink-soft');
  editor.defineTheme(themeName, {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: colour('--code-ink').slice(1) },
      ...tokenKinds.flatMap((kind) =>
        monacoTokens[kind].map((token) => ({
          token,
          foreground: colour(tokenVariable(kind)).slice(1),
          ...(kind === 'comment' ? { fontStyle: 'italic' } : {}),
        })),
      ),
    ],
    colors: {
      'editor.background': colour('--code-bg'),
      'editor.foreground': colour('--code-ink'),
      'editorLineNumber.foreground': soft,
      'editorLineNumber.activeForeground': soft,
      'editorCursor.foreground': colour('--accent'),
      'editor.lineHighlightBackground': '#00000000',
      'editor.lineHighlightBorder': '#00000000',
      'editorWidget.background': colour('--paper-raised'),
      'editorWidget.foreground': colour('--ink'),
      'editorHoverWidget.background': colour('--paper-raised'),
      'editorSuggestWidget.background': colour('--paper-raised'),
      focusBorder: colour('--focus'),
    },
  });
  editor.setTheme(themeName);
};

type Libraries = { content: string; filePath: string }[];

let bookLibraries: Libraries = [];
let shownAbove = '';

const setLibraries = (above: readonly string[]): void => {
  typescriptDefaults.setExtraLibs([...bookLibraries, ...aboveLibraries(above)]);
};

const openEditors: (() => readonly string[])[] = [];

/**
 * Tells the language service which earlier cells stand above the cells being edited. The editors of a
 * section share it, so the last of the open ones decides: nothing that it may use is called unknown.
 */
export const showAbove = (): void => {
  const above = openEditors
    .map((read) => read())
    .reduce((longest, each) => (each.length > longest.length ? each : longest), []);
  const key = above.join('\0');
  if (key === shownAbove) return;
  shownAbove = key;
  setLibraries(above);
};

/** Makes the language service know what stands above an editor that has been opened. */
export const addAbove = (above: () => readonly string[]): void => {
  openEditors.push(above);
  showAbove();
};

/** The declarations of everything a cell may import; completion and hovers come with them. */
const fetchTypes = async (): Promise<void> => {
  const response = await fetch(`${siteBase}editor-types.json`);
  if (!response.ok) throw new Error(`editor-types.json answered ${response.status}`);
  const files = (await response.json()) as Record<string, string>;
  bookLibraries = Object.entries(files).map(([path, content]) => ({
    content,
    filePath: `file:///${path}`,
  }));
  setLibraries(shownAbove === '' ? [] : shownAbove.split('\0'));
};

const withoutTypes = { noSemanticValidation: true, noSyntaxValidation: false };
const withTypes = {
  noSemanticValidation: false,
  noSyntaxValidation: false,
  noSuggestionDiagnostics: true,
  onlyVisible: true,
};

const environment: Environment = {
  getWorker: (_id, label) =>
    label === 'typescript' || label === 'javascript' ? new TypeScriptWorker() : new EditorWorker(),
};
Object.assign(globalThis, { MonacoEnvironment: environment });

typescriptDefaults.setCompilerOptions({
  target: ScriptTarget.ESNext,
  module: ModuleKind.ESNext,
  moduleResolution: ModuleResolutionKind.NodeJs,
  // Every cell is a module, import or not, so that it may await at its top (`force` is 3).
  moduleDetection: 3,
  // A cell runs in a worker: it has a console and timers, and no document.
  lib: ['lib.es2024.d.ts', 'lib.webworker.d.ts'],
  strict: true,
  noImplicitAny: false,
  allowNonTsExtensions: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
});
typescriptDefaults.setEagerModelSync(true);
// Until the declarations have come, every import would be marked as unknown.
typescriptDefaults.setDiagnosticsOptions(withoutTypes);

/** The editor is drawn first; its types come when the page has a moment to spare. */
const whenIdle = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 800);
  });

whenIdle()
  .then(fetchTypes)
  .then(
    () => {
      typescriptDefaults.setDiagnosticsOptions(withTypes);
    },
    (error: unknown) => {
      console.warn('The types could not be fetched: the editor works without completion.', error);
    },
  );
defineTheme();
onThemeChange(defineTheme);

export { editor };
