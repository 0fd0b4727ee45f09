import { tokenizeTypescript } from '../../highlight/tokenize-typescript.ts';
import { announce } from '../live/announce.ts';
import { find } from '../live/dom.ts';
import type { CodeEditor } from './code-editor.ts';
import { codeNodes, lineNumbers } from './code-nodes.ts';
import { fetchEditor, openEditor } from './open-editor.ts';

export interface CodePaneOptions {
  name: string;
  above: () => readonly string[];
  onChange: (text: string) => void;
  onRun: () => void;
  onLeave: () => void;
  /** The reader means to edit and has the editor: a moment to fetch what will be needed next. */
  onIntent: () => void;
}

/**
 * A piece of code on the page: static and highlighted until the reader wants to edit it, then an
 * editor in the same place, of the same size. `root` is the component's `[data-editor]`.
 */
export class CodePane {
  /** The book's own text. */
  readonly bookText: string;
  private readonly root: HTMLElement;
  private readonly pre: HTMLElement;
  private readonly options: CodePaneOptions;
  private current: string;
  private readOnly = false;
  private opening: Promise<CodeEditor> | undefined;
  private editor: CodeEditor | undefined;
  /** Whether the focus was still here when the editor took the static code's place. */
  private stays = false;

  constructor(root: HTMLElement, options: CodePaneOptions) {
    this.root = root;
    this.options = options;
    this.pre = find(root, 'pre');
    this.bookText = this.current = this.pre.textContent;
    this.pre.addEventListener('focus', this.focused);
    if (document.activeElement === this.pre) this.focused();
    this.root.addEventListener('click', this.clicked);
    this.pre.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) options.onRun();
      else this.open(0).catch(() => undefined);
    });
  }

  get text(): string {
    return this.current;
  }

  /** Shows another text without calling it a change of the reader's. */
  setText(text: string): void {
    if (text === this.current) return;
    this.current = text;
    if (this.editor !== undefined) this.editor.setValue(text);
    else this.paint();
  }

  setReadOnly(readOnly: boolean): void {
    this.readOnly = readOnly;
    this.editor?.setReadOnly(readOnly);
  }

  markLine(line: number | undefined, message?: string): void {
    if (this.editor !== undefined) this.editor.markLine(line, message);
    else this.paint(line);
  }

  /** Opens the editor if need be and puts the caret on a line. */
  goTo(line: number): void {
    const marked = this.root.querySelector('.hw-marked') === null ? undefined : line;
    this.open().then(
      (editor) => {
        if (marked !== undefined) editor.markLine(marked);
        editor.goTo(line);
      },
      () => undefined,
    );
  }

  /** Opens the editor; with an offset the caret goes there. */
  open(offset?: number): Promise<CodeEditor> {
    this.opening ??= this.mount().catch((error: unknown) => {
      this.opening = undefined;
      delete this.root.dataset['opening'];
      announce('The editor could not be fetched. Check the connection and try again.');
      throw error;
    });
    return this.opening.then((editor) => {
      if (offset !== undefined) editor.focus(offset);
      return editor;
    });
  }

  private async mount(): Promise<CodeEditor> {
    this.root.dataset['opening'] = '';
    const container = document.createElement('div');
    container.className = 'hw-editor';
    container.style.minHeight = `${this.pre.offsetHeight}px`;
    const { name, above, onRun, onLeave } = this.options;
    const label = this.pre.getAttribute('aria-label') ?? 'Code';
    // The container stands behind the static code until the editor is painted: nothing flickers or moves.
    this.root.append(container);
    const editor = await openEditor({
      container,
      like: this.pre,
      text: this.current,
      label,
      name,
      above,
      onRun,
      onLeave,
      onChange: (text) => {
        this.current = text;
        this.options.onChange(text);
      },
    });
    this.editor = editor;
    if (editor.value() !== this.current) editor.setValue(this.current);
    if (this.readOnly) editor.setReadOnly(true);
    container.style.minHeight = '';
    this.stays = document.activeElement === this.pre;
    this.pre.remove();
    delete this.root.dataset['lines'];
    delete this.root.dataset['opening'];
    this.root.dataset['editor'] = editor.kind;
    window.addEventListener('beforeprint', this.layOutForPrint);
    window.addEventListener('afterprint', () => {
      this.pre.remove();
      delete this.root.dataset['lines'];
    });
    // Not before: the sandbox and the editor would take the processor from each other.
    this.options.onIntent();
    return editor;
  }

  /** An editor draws what its window shows; on paper the whole text stands in its place. */
  private readonly layOutForPrint = (): void => {
    this.paint();
    this.root.prepend(this.pre);
  };

  /** A finger asks for its editor by tapping; a keyboard by coming here and staying until it is ready. */
  private readonly focused = (): void => {
    fetchEditor().catch(() => undefined);
    if (!this.pre.matches(':focus-visible')) return;
    this.open().then(
      (editor) => {
        if (this.stays) editor.focus(0, true);
      },
      () => undefined,
    );
  };

  private readonly clicked = (event: MouseEvent): void => {
    if (this.editor !== undefined || !getSelection()?.isCollapsed) return;
    this.open(this.offsetAt(event)).catch(() => undefined);
  };

  /** The character of the static text under the pointer. */
  private offsetAt({ clientX, clientY }: MouseEvent): number {
    const caret = document.caretPositionFromPoint(clientX, clientY);
    if (caret === null || !this.pre.contains(caret.offsetNode)) return 0;
    const before = document.createRange();
    before.setStart(this.pre, 0);
    before.setEnd(caret.offsetNode, caret.offset);
    return before.toString().length;
  }

  private paint(marked?: number): void {
    this.pre.replaceChildren(...codeNodes(tokenizeTypescript(this.current), marked));
    this.root.dataset['lines'] = lineNumbers(this.current);
  }
}
