import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { projectRoot } from './project-root.ts';

/** What a cell may import, and the file that declares it. */
const entries: Readonly<Record<string, string>> = {
  'node_modules/heavy-weights/index.d.ts': 'src/engine/index.ts',
  'node_modules/heavy-weights/book.d.ts': 'src/runtime/book.ts',
};

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2024.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  strict: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  declaration: true,
  emitDeclarationOnly: true,
  erasableSyntaxOnly: true,
  // Declarations carry the docs: hovers show them.
  removeComments: false,
};

const toPosix = (path: string): string => relative(projectRoot, path).split(sep).join('/');

/** `'./x.ts'` → `'./x'`: the editor's language service looks for declarations by bare name. */
const withoutExtensions = (text: string): string =>
  text.replace(/(from\s+|import\s*\(\s*)(['"])(\.{1,2}\/[^'"]+?)\.ts\2/g, '$1$2$3$2');

const isLibrary = (path: string): boolean =>
  path.startsWith('node_modules/') &&
  path.endsWith('.d.ts') &&
  !path.startsWith('node_modules/typescript/');

/** The root declaration of each package, for a resolver that reads no package.json. */
const packageRoots = (paths: readonly string[]): [string, string][] => {
  const folders = new Set(
    paths.map((path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path),
  );
  return [...folders].flatMap((folder): [string, string][] => {
    const manifest = JSON.parse(
      readFileSync(join(projectRoot, folder, 'package.json'), 'utf8'),
    ) as {
      types?: string;
      typings?: string;
    };
    const types = (manifest.types ?? manifest.typings)
      ?.replace(/^\.\//, '')
      .replace(/\.d\.ts$/, '');
    if (types === undefined || types === 'index') return [];
    return [[`${folder}/index.d.ts`, `export * from './${types}';\n`]];
  });
};

/**
 * Declarations of `heavy-weights`, `heavy-weights/book`, TensorFlow.js and whatever these name, by
 * path: our own from the sources, the libraries' as they are installed.
 *
 * @throws Error if TypeScript cannot emit a declaration for one of our files
 */
export const collectEditorTypes = (): Record<string, string> => {
  const roots = Object.values(entries).map((path) => join(projectRoot, path));
  const program = ts.createProgram(roots, options);
  const files: Record<string, string> = {};
  const own = new Set(program.getSourceFiles().map(({ fileName }) => toPosix(fileName)));
  const emitted = program.emit(undefined, (fileName, text) => {
    files[`node_modules/heavy-weights/${toPosix(fileName)}`] = withoutExtensions(text);
  });
  const problems = emitted.diagnostics.filter(
    ({ category }) => category === ts.DiagnosticCategory.Error,
  );
  if (problems.length > 0) {
    throw new Error(
      ts.formatDiagnostics(problems, {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => projectRoot,
        getNewLine: () => '\n',
      }),
    );
  }
  const libraries = [...own].filter(isLibrary);
  for (const path of libraries) files[path] = readFileSync(join(projectRoot, path), 'utf8');
  for (const [path, text] of packageRoots(libraries)) files[path] ??= text;
  for (const [path, source] of Object.entries(entries)) {
    files[path] = `export * from './${source.replace(/\.ts$/, '')}';\n`;
  }
  return files;
};
