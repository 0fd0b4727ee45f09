/** What a cell or exercise asks of an editor, whichever of the two it is. */
export interface CodeEditor {
  readonly kind: EditorKind;
  value(): string;
  setValue(text: string): void;
  setReadOnly(readOnly: boolean): void;
  /**
   * Takes the focus, with the caret at a character of the text. A reader who is `passing` came by Tab
   * and has not said that they want to edit: until something is typed, Tab goes on to the next control.
   */
  focus(offset?: number, passing?: boolean): void;
  /** Marks the line of the reader's error, or no line. */
  markLine(line: number | undefined, message?: string): void;
  /** Puts the caret on a line and takes the focus. */
  goTo(line: number): void;
}

export type EditorKind = 'monaco' | 'plain';

export interface EditorOptions {
  /** Empty element that takes the editor in. */
  container: HTMLElement;
  /** The static code it replaces: font and line height are read from it. */
  like: HTMLElement;
  text: string;
  /** Name for assistive tools. */
  label: string;
  /** Unique name of the text in the page, such as `cells/weigh-the-model`. */
  name: string;
  /** The texts of earlier cells of the section, as they are now. */
  above: () => readonly string[];
  onChange: (text: string) => void;
  onRun: () => void;
  /** Escape was pressed: the focus goes on to the component's first button. */
  onLeave: () => void;
}

/** Said where an editor opens, and read by assistive tools as its description. */
export const keysHelp = 'Tab indents. Escape leaves the editor. Ctrl+M changes what Tab does.';
