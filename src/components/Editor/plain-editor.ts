import { tokenizeTypescript } from '../../highlight/tokenize-typescript.ts';
import { make } from '../live/dom.ts';
import { keysHelp } from './code-editor.ts';
import type { CodeEditor, EditorOptions } from './code-editor.ts';
import { codeNodes, lineNumbers } from './code-nodes.ts';
import { indentLines, lineStart, newLine } from './plain-edits.ts';
import type { Edit } from './plain-edits.ts';
import { restoreTabTrapping, tabIsTrapped, toggleTabTrapping } from './tab-trapping.ts';

/** The characters that are hardest to reach on a phone's keyboard. */
const symbols = [...'()[]{}', '=>', ...';=<>.,:', "'", '"', '`', '+', '-', '*', '/'];

/**
 * The plain editor: a text area over the same text in colour. Undo, selection, spell-free typing and
 * assistive tools are the browser's own.
 */
class PlainEditor implements CodeEditor {
  readonly kind = 'plain';
  private readonly options: EditorOptions;
  private readonly area: HTMLTextAreaElement;
  private readonly shade: HTMLPreElement;
  private readonly stack: HTMLElement;
  private marked: number | undefined;
  private passing = false;

  constructor(options: EditorOptions) {
    this.options = options;
    this.shade = make('pre', { className: 'hw-shade', ariaHidden: 'true' });
    this.area = make('textarea', {
      className: 'hw-area',
      value: options.text,
      spellcheck: false,
      autocapitalize: 'off',
      autocomplete: 'off',
      wrap: 'off',
      ariaLabel: options.label,
    });
    this.area.setAttribute('autocorrect', 'off');
    this.area.setAttribute('aria-description', keysHelp);
    this.area.addEventListener('input', this.changed);
    this.area.addEventListener('keydown', this.keyed);
    this.area.addEventListener('pointerdown', () => {
      this.passing = false;
    });
    this.area.addEventListener('scroll', () => {
      this.shade.scrollLeft = this.area.scrollLeft;
    });
    this.stack = make('div', { className: 'hw-plain' }, [this.shade, this.area]);
    options.container.append(this.stack, this.symbolRow());
    this.paint();
  }

  value(): string {
    return this.area.value;
  }

  setValue(text: string): void {
    this.area.value = text;
    this.marked = undefined;
    this.paint();
  }

  setReadOnly(readOnly: boolean): void {
    this.area.readOnly = readOnly;
  }

  focus(offset = this.area.selectionStart, passing = false): void {
    this.passing = passing;
    this.area.focus();
    this.area.setSelectionRange(offset, offset);
  }

  markLine(line: number | undefined): void {
    this.marked = line;
    this.paint();
  }

  goTo(line: number): void {
    this.focus(lineStart(this.area.value, line));
    this.shade.querySelector('.hw-marked')?.scrollIntoView({ block: 'nearest' });
  }

  private readonly changed = (): void => {
    this.marked = undefined;
    this.passing = false;
    this.paint();
    this.options.onChange(this.area.value);
  };

  private readonly keyed = (event: KeyboardEvent): void => {
    const command = event.ctrlKey || event.metaKey;
    if (event.key === 'Enter' && command) {
      event.preventDefault();
      this.options.onRun();
    } else if (event.key.toLowerCase() === 'm' && event.ctrlKey && !event.altKey) {
      event.preventDefault();
      toggleTabTrapping();
      this.passing = false;
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.options.onLeave();
    } else if (
      event.key === 'Tab' &&
      tabIsTrapped() &&
      !this.passing &&
      !command &&
      !event.altKey
    ) {
      event.preventDefault();
      this.apply(indentLines(this.selection(), event.shiftKey));
    } else if (event.key === 'Enter' && !event.isComposing && !event.shiftKey) {
      event.preventDefault();
      this.apply(newLine(this.selection()));
    }
  };

  private selection(): { text: string; start: number; end: number } {
    const { value, selectionStart, selectionEnd } = this.area;
    return { text: value, start: selectionStart, end: selectionEnd };
  }

  /** Types a change as the reader would, so that the browser's undo knows it. */
  private apply({ from, to, insert, start, end }: Edit): void {
    if (this.area.readOnly) return;
    this.area.setSelectionRange(from, to);
    // setRangeText would empty the undo history; execCommand is the one way that keeps it.
    if (insert !== '' || from !== to) {
      document.execCommand(insert === '' ? 'delete' : 'insertText', false, insert);
    }
    this.area.setSelectionRange(start, end);
  }

  private paint(): void {
    const text = this.area.value;
    this.shade.replaceChildren(...codeNodes(tokenizeTypescript(text), this.marked));
    this.stack.dataset['lines'] = lineNumbers(text);
  }

  private symbolRow(): HTMLElement {
    const row = make('div', { className: 'hw-symbols' });
    row.setAttribute('role', 'toolbar');
    row.setAttribute('aria-label', 'Symbols');
    for (const symbol of ['⇥', ...symbols]) {
      const button = make('button', { type: 'button', textContent: symbol });
      if (symbol === '⇥') button.ariaLabel = 'Indent';
      // The text area keeps the focus, and the phone its keyboard.
      button.addEventListener('pointerdown', (event) => {
        event.preventDefault();
      });
      button.addEventListener('click', () => {
        this.area.focus();
        if (symbol === '⇥') this.apply(indentLines(this.selection(), false));
        else document.execCommand('insertText', false, symbol);
      });
      row.append(button);
    }
    return row;
  }
}

/** Opens the plain editor in a container. */
export const openPlainEditor = (options: EditorOptions): CodeEditor => {
  void restoreTabTrapping();
  return new PlainEditor(options);
};
