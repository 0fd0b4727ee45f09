import { ReaderError } from '../shared/reader-error.ts';

/** What the header of a .npy file says. */
export interface NpyHeader {
  /** Type of the elements as numpy writes it, such as `<f4`. */
  descr: string;
  fortranOrder: boolean;
  shape: number[];
}

/** numpy itself has no more. */
const MOST_AXES = 64;

/** A .npy file that is refused; `source` says which. @internal */
export function npyError(
  source: string,
  code: string,
  what: string,
  hint = 'Save it again with numpy.save or numpy.savez.',
): ReaderError {
  return new ReaderError({ code, explain: `${source} cannot be read: ${what}.`, hint });
}

/**
 * Parses the text of a .npy header: a Python dictionary of three entries, `{'descr': '<f4', 'fortran_order': False,
 * 'shape': (3, 4), }`. A parser of exactly that; nothing in the text is ever run.
 *
 * @throws ReaderError `npy-header-invalid`, `npy-structured`
 * @see numpy.lib.format, "Format Version 1.0"
 * @internal
 */
export function parseNpyHeader(text: string, source: string): NpyHeader {
  const parser = new HeaderParser(text, source);
  const found = new Map<string, unknown>();
  parser.take('{');
  while (!parser.ahead('}')) {
    const key = parser.string();
    parser.take(':');
    if (found.has(key)) throw parser.error(`${key} is there twice`);
    if (key === 'descr') found.set(key, parser.descr());
    else if (key === 'fortran_order') found.set(key, parser.boolean());
    else if (key === 'shape') found.set(key, parser.shape());
    else throw parser.error(`it has the entry ${JSON.stringify(key.slice(0, 40))}`);
    if (!parser.ahead('}')) parser.take(',');
  }
  parser.take('}');
  parser.end();
  for (const key of ['descr', 'fortran_order', 'shape']) {
    if (!found.has(key)) throw parser.error(`${key} is missing`);
  }
  return {
    descr: found.get('descr') as string,
    fortranOrder: found.get('fortran_order') as boolean,
    shape: found.get('shape') as number[],
  };
}

class HeaderParser {
  readonly #text: string;
  readonly #source: string;
  #at = 0;

  constructor(text: string, source: string) {
    this.#text = text;
    this.#source = source;
  }

  error(what: string): ReaderError {
    return npyError(this.#source, 'npy-header-invalid', `in its header ${what}`);
  }

  /** Whether this comes next, after any blanks. */
  ahead(token: string): boolean {
    this.#match(/[ \t\n]*/y);
    return this.#text.startsWith(token, this.#at);
  }

  take(token: string): void {
    if (!this.ahead(token)) throw this.error(`${token} is missing at character ${this.#at}`);
    this.#at += token.length;
  }

  string(): string {
    const quote = ["'", '"'].find((each) => this.ahead(each));
    if (quote === undefined) throw this.error(`a text is missing at character ${this.#at}`);
    const found = this.#match(/(?:'([^'"\\\n]*)')|(?:"([^'"\\\n]*)")/y);
    if (!found) throw this.error(`the text at character ${this.#at} has no end`);
    return found[1] ?? found[2] ?? '';
  }

  descr(): string {
    if (!this.ahead('[')) return this.string();
    throw npyError(
      this.#source,
      'npy-structured',
      'its elements are records of several fields',
      'Save each field as an array of numbers of its own.',
    );
  }

  boolean(): boolean {
    for (const [token, value] of [
      ['True', true],
      ['False', false],
    ] as const) {
      if (!this.ahead(token)) continue;
      this.take(token);
      return value;
    }
    throw this.error('fortran_order is neither True nor False');
  }

  /** `()`, `(3,)`, `(3, 4)`; Python 2 wrote an L after large numbers. */
  shape(): number[] {
    const sizes: number[] = [];
    this.take('(');
    while (!this.ahead(')')) {
      const found = this.#match(/(0|[1-9][0-9]{0,15})L?/y);
      const size = Number(found?.[1]);
      if (!Number.isSafeInteger(size)) throw this.error('shape is no list of whole numbers');
      if (sizes.push(size) > MOST_AXES) throw this.error(`shape has more than ${MOST_AXES} axes`);
      const isOnly = sizes.length === 1;
      if (this.ahead(',')) this.take(',');
      else if (isOnly || !this.ahead(')')) throw this.error('shape lacks a comma');
    }
    this.take(')');
    return sizes;
  }

  /** Nothing but the padding may follow. */
  end(): void {
    this.#match(/[ \n]*/y);
    if (this.#at !== this.#text.length) throw this.error(`something follows at ${this.#at}`);
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) return undefined;
    this.#at = pattern.lastIndex;
    return found;
  }
}
