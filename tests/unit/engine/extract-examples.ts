import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** A function or class that a module exports, with what its docstring holds. */
export interface DocumentedExport {
  name: string;
  file: string;
  /** Not for readers: such a function needs no example and must not be in the public face. */
  internal: boolean;
  /** Tags of the docstring: `param`, `returns`, `throws`, `example`, `see` … */
  tags: string[];
  /** Code of each `@example`. */
  examples: string[];
}

const isExported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false);

/** Functions, classes, and constants that hold functions. */
function nameOf(node: ts.Statement): string | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return node.name?.text;
  if (!ts.isVariableStatement(node)) return undefined;
  const [declaration] = node.declarationList.declarations;
  const value = declaration?.initializer;
  return value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value))
    ? declaration.name.getText()
    : undefined;
}

function exampleCode(tag: ts.JSDocTag, file: string): string {
  const text = ts.getTextOfJSDocComment(tag.comment) ?? '';
  const fence = /^\s*```ts\n([\s\S]*?)\n```\s*$/.exec(text);
  if (fence === null) throw new Error(`${file}: an @example is not one \`\`\`ts fence:\n${text}`);
  return fence[1]!;
}

/** Reads a module's exported functions and classes. */
export function documentedExports(file: string): DocumentedExport[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TS,
  );
  return source.statements.filter(isExported).flatMap((node) => {
    const name = nameOf(node);
    if (name === undefined) return [];
    const tags = ts.getJSDocTags(node);
    return {
      name,
      file,
      internal: tags.some(({ tagName }) => tagName.text === 'internal'),
      tags: tags.map(({ tagName }) => tagName.text),
      examples: tags
        .filter(({ tagName }) => tagName.text === 'example')
        .map((tag) => exampleCode(tag, file)),
    };
  });
}

/** A printed value that an example foretells: `console.log(…); // text`. */
const EXPECTATION = /console\.log\(.*\); \/\/ (.*)$/;

/** What each `console.log` of an example is to print; undefined for one that does not say. */
export function expectedLines(example: string): (string | undefined)[] {
  return example
    .split('\n')
    .filter((line) => line.includes('console.log('))
    .map((line) => EXPECTATION.exec(line)?.[1]);
}
