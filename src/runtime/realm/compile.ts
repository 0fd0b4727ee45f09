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
import { originalColumn, realmName } from './compiled-module.ts';
import type { Compile, CompiledModule, ImportedName } from './compiled-module.ts';
import { declaredNames, survey } from './syntax-tree.ts';
import { stripTypes } from './strip-types.ts';
import { syntaxError } from './syntax-error.ts';
import { applyEdits, blanked, lineAt } from './text-edits.ts';
import type { TextEdit } from './text-edits.ts';

/** Name that the generated code uses for a default export without one. */
const defaultName = '__default';

/** @throws {ReaderError} `syntax-error` with line and column. */
export const compileModule: Compile = (code, { showLast }) => {
  const source = code.replace(/\r\n?/g, '\n');
  const stripped = stripTypes(source);
  const program = parseModule(source, stripped);
  const edits: TextEdit[] = [];
  const imports: ImportedName[] = [];
  const bareImports: CompiledModule['bareImports'] = [];
  const exports = new Map<string, string>();
  const { names, references, dynamicImports, metas } = survey(program);

  for (const node of program.body) {
    const line = lineAt(stripped, node.start);
    switch (node.type) {
      case 'ImportDeclaration':
        edits.push(blanked(stripped, node.start, node.end));
        if (node.specifiers.length === 0)
          bareImports.push({ module: String(node.source.value), line });
        imports.push(...importedNames(node, references, line));
        break;
      case 'ExportNamedDeclaration':
        readNamedExport(node, stripped, exports, edits);
        break;
      case 'ExportDefaultDeclaration': {
        const { declaration } = node;
        const name = 'id' in declaration && declaration.id ? declaration.id.name : undefined;
        const declares =
          declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration';
        if (declares && name !== undefined) {
          edits.push(blanked(stripped, node.start, declaration.start));
          exports.set('default', name);
        } else {
          edits.push({ start: node.start, end: declaration.start, by: `const ${defaultName} = ` });
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

  for (const { start } of dynamicImports)
    edits.push({ start, end: start + 'import'.length, by: `${realmName}.load` });
  const [meta] = metas;
  if (meta) {
    throw unsupported(
      '`import.meta` has no meaning here.',
      'Leave it out.',
      lineAt(stripped, meta.start),
    );
  }

  const declared = new Map(declaredNames(program));
  if (exports.get('default') === defaultName) declared.set(defaultName, false);
  if (showLast) wrapLast(program.body.at(-1), edits);

  return {
    body: applyEdits(stripped, edits),
    imports,
    bareImports,
    declared: [...declared].map(([name, live]) => ({ name, live })),
    exports: [...exports].map(([exported, local]) => ({ exported, local })),
    names: [...names],
    origin: { source, stripped, edits },
  };
};

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
  text: string,
  exports: Map<string, string>,
  edits: TextEdit[],
): void {
  if (node.source) {
    throw unsupported(
      '`export … from` is not supported here.',
      'Import the name first, then export it.',
      lineAt(text, node.start),
    );
  }
  if (node.declaration) {
    edits.push(blanked(text, node.start, node.declaration.start));
    for (const [name] of declaredNames({ body: [node.declaration] })) exports.set(name, name);
    return;
  }
  for (const specifier of node.specifiers)
    exports.set(nameOf(specifier.exported), nameOf(specifier.local));
  edits.push(blanked(text, node.start, node.end));
}

function nameOf(node: { type: string; name?: string; value?: unknown }): string {
  return node.type === 'Identifier' ? node.name! : String(node.value);
}

/** A last expression is shown, unless it is an assignment: that is done for its effect. */
function wrapLast(last: Statement | ModuleDeclaration | undefined, edits: TextEdit[]): void {
  if (last?.type !== 'ExpressionStatement' || last.directive !== undefined) return;
  const { expression } = last;
  if (expression.type === 'AssignmentExpression' || expression.type === 'UpdateExpression') return;
  edits.push(
    { start: last.start, end: last.start, by: `await ${realmName}.last(` },
    { start: expression.end, end: expression.end, by: ')' },
  );
}

function unsupported(explain: string, hint: string, line: number): ReaderError {
  return new ReaderError({ code: 'syntax-error', explain, hint, location: { line } });
}
