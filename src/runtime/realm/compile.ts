/** Turns a reader's TypeScript module into the text of one async function, line for line. */
import { parse } from 'acorn';
import type {
  ExportNamedDeclaration,
  ImportDeclaration,
  Program,
  Statement,
  ModuleDeclaration,
} from 'acorn';
import { ReaderError } from '../../shared/reader-error.ts';
import { collectNames, declaredNames, referencedNames, walk } from './syntax-tree.ts';
import { originalColumn, stripTypes } from './strip-types.ts';
import { syntaxError } from './syntax-error.ts';

export interface ImportedName {
  module: string;
  /** `*` for the whole module. */
  imported: string;
  local: string;
  /** False for what only types, or later cells, use. */
  used: boolean;
  line: number;
}

export interface CompiledModule {
  /** Body of the function; same number of lines as the reader's text. */
  body: string;
  imports: ImportedName[];
  /** Modules imported for nothing by name. */
  bareImports: { module: string; line: number }[];
  /** Top-level names, and whether later assignments to them must be seen elsewhere. */
  declared: Map<string, { live: boolean }>;
  /** Exported name → top-level name. */
  exports: Map<string, string>;
  /** Every name the code mentions. */
  names: Set<string>;
  /** Column of the reader's text for a position in `body` (lines and columns from 1). */
  columnOf(line: number, column: number): number;
}

export interface CompileOptions {
  /** Show the value of a last statement that is an expression, as a notebook does. */
  showLast: boolean;
}

/** Names the generated code uses itself. */
export const realmName = '__realm';
const defaultName = '__default';

/** @throws {ReaderError} `syntax-error` with line and column. */
export function compileModule(code: string, { showLast }: CompileOptions): CompiledModule {
  const source = code.replace(/\r\n?/g, '\n');
  const stripped = stripTypes(source);
  const program = parseModule(source, stripped);
  const edits = new TextEdits(stripped);
  const imports: ImportedName[] = [];
  const bareImports: CompiledModule['bareImports'] = [];
  const exports = new Map<string, string>();
  const references = referencedNames(program);

  for (const node of program.body) {
    const line = lineAt(stripped, node.start);
    switch (node.type) {
      case 'ImportDeclaration':
        edits.blank(node.start, node.end);
        if (node.specifiers.length === 0)
          bareImports.push({ module: String(node.source.value), line });
        imports.push(...importedNames(node, references, line));
        break;
      case 'ExportNamedDeclaration':
        readNamedExport(node, exports, edits);
        break;
      case 'ExportDefaultDeclaration': {
        const { declaration } = node;
        const name = 'id' in declaration && declaration.id ? declaration.id.name : undefined;
        const declares =
          declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration';
        if (declares && name !== undefined) {
          edits.blank(node.start, declaration.start);
          exports.set('default', name);
        } else {
          edits.replace(node.start, declaration.start, `const ${defaultName} = `);
          exports.set('default', defaultName);
        }
        break;
      }
      case 'ExportAllDeclaration':
        throw unsupported(
          '`export * from` is not supported here.',
          'Export the names one by one.',
          line,
        );
      default:
    }
  }

  walk(program, (node) => {
    if (node.type === 'ImportExpression')
      edits.replace(node.start, node.start + 'import'.length, `${realmName}.load`);
    if (node.type === 'MetaProperty' && node.meta.name === 'import') {
      throw unsupported(
        '`import.meta` has no meaning here.',
        'Leave it out.',
        lineAt(stripped, node.start),
      );
    }
  });

  const declared = new Map<string, { live: boolean }>();
  for (const [name, live] of declaredNames(program)) declared.set(name, { live });
  if (exports.get('default') === defaultName) declared.set(defaultName, { live: false });
  if (showLast) wrapLast(program.body.at(-1), edits);

  const originalLines = source.split('\n');
  const strippedLines = stripped.split('\n');
  return {
    body: edits.apply(),
    imports,
    bareImports,
    declared,
    exports,
    names: collectNames(program),
    columnOf: (line, column) =>
      originalColumn(
        originalLines[line - 1] ?? '',
        strippedLines[line - 1] ?? '',
        edits.columnBefore(line, column),
      ),
  };
}

function parseModule(source: string, stripped: string): Program {
  try {
    return parse(stripped, { ecmaVersion: 'latest', sourceType: 'module' });
  } catch (error) {
    const { loc, message } = error as { loc?: { line: number; column: number }; message: string };
    const at = loc && {
      line: loc.line,
      column: originalColumn(
        source.split('\n')[loc.line - 1] ?? '',
        stripped.split('\n')[loc.line - 1] ?? '',
        loc.column + 1,
      ),
    };
    throw syntaxError(source, message, at);
  }
}

function importedNames(
  node: ImportDeclaration,
  references: Set<string>,
  line: number,
): ImportedName[] {
  return node.specifiers.map((specifier) => {
    const local = specifier.local.name;
    const imported =
      specifier.type === 'ImportNamespaceSpecifier'
        ? '*'
        : specifier.type === 'ImportDefaultSpecifier'
          ? 'default'
          : nameOf(specifier.imported);
    return {
      module: String(node.source.value),
      imported,
      local,
      used: references.has(local),
      line,
    };
  });
}

function readNamedExport(
  node: ExportNamedDeclaration,
  exports: Map<string, string>,
  edits: TextEdits,
): void {
  if (node.source) {
    throw unsupported(
      '`export … from` is not supported here.',
      'Import the name first, then export it.',
      lineAt(edits.text, node.start),
    );
  }
  if (node.declaration) {
    edits.blank(node.start, node.declaration.start);
    for (const [name] of declaredNames({ body: [node.declaration] })) exports.set(name, name);
    return;
  }
  for (const specifier of node.specifiers)
    exports.set(nameOf(specifier.exported), nameOf(specifier.local));
  edits.blank(node.start, node.end);
}

function nameOf(node: { type: string; name?: string; value?: unknown }): string {
  return node.type === 'Identifier' ? node.name! : String(node.value);
}

/** A last expression is shown, unless it is an assignment: that is done for its effect. */
function wrapLast(last: Statement | ModuleDeclaration | undefined, edits: TextEdits): void {
  if (last?.type !== 'ExpressionStatement' || last.directive !== undefined) return;
  const { expression } = last;
  if (expression.type === 'AssignmentExpression' || expression.type === 'UpdateExpression') return;
  edits.replace(last.start, last.start, `await ${realmName}.last(`);
  edits.replace(expression.end, expression.end, ')');
}

function unsupported(explain: string, hint: string, line: number): ReaderError {
  return new ReaderError({ code: 'syntax-error', explain, hint, location: { line } });
}

function lineAt(text: string, position: number): number {
  let line = 1;
  for (
    let index = text.indexOf('\n');
    index !== -1 && index < position;
    index = text.indexOf('\n', index + 1)
  )
    line++;
  return line;
}

/** Replacements in one text that keep its lines and remember how columns moved. */
class TextEdits {
  readonly text: string;
  #edits: { start: number; end: number; by: string }[] = [];

  constructor(text: string) {
    this.text = text;
  }

  replace(start: number, end: number, by: string): void {
    this.#edits.push({ start, end, by });
  }

  /** Spaces instead of text, line ends kept: nothing moves. */
  blank(start: number, end: number): void {
    this.replace(start, end, this.text.slice(start, end).replace(/[^\n]/g, ' '));
  }

  #sorted(): { start: number; end: number; by: string }[] {
    return this.#edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  }

  apply(): string {
    let result = '';
    let from = 0;
    for (const { start, end, by } of this.#sorted()) {
      result += this.text.slice(from, start) + by;
      from = end;
    }
    return result + this.text.slice(from);
  }

  /** The column before the edits of a column after them. */
  columnBefore(line: number, column: number): number {
    let shift = 0;
    const lineStart = line === 1 ? 0 : nthLineStart(this.text, line);
    for (const { start, end, by } of this.#sorted()) {
      if (by.includes('\n') || lineAt(this.text, start) !== line) continue;
      if (start - lineStart + shift + 1 > column) break;
      shift += by.length - (end - start);
    }
    return Math.max(1, column - shift);
  }
}

function nthLineStart(text: string, line: number): number {
  let start = 0;
  for (let current = 1; current < line; current++) start = text.indexOf('\n', start) + 1;
  return start;
}
