import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { hasPython } from '../../scripts/verify-exercises/compile-python.ts';
import { projectRoot } from '../../src/build/project-root.ts';
import { componentUses } from '../../src/build/section-sources.ts';
import { pageSchema } from '../../src/schemas/page.ts';

const pages = readdirSync(join(projectRoot, 'content/pages')).filter((file) =>
  file.endsWith('.mdx'),
);
const texts = pages.map((file) => ({
  path: `content/pages/${file}`,
  text: readFileSync(join(projectRoot, 'content/pages', file), 'utf8'),
}));
const pairs = texts.flatMap(({ path, text }) =>
  componentUses(text, path).filter(({ tag }) => tag === 'Beside'),
);
const codeFolder = join(projectRoot, 'content/pages/code');
const codeFiles = readdirSync(codeFolder).sort();
const python = await hasPython();

/** What a file says it prints: the comment after each print, one line for each ` / `. */
function saidToPrint(code: string, mark: '//' | '#'): string[] {
  return code.split('\n').flatMap((line) => {
    if (!/(console\.log|print)\(/.test(line)) return [];
    const said = line.split(` ${mark} `)[1];
    return said === undefined ? ['(nothing said)'] : said.split(' / ');
  });
}

function printed(command: string, file: string): string[] {
  const { stdout, stderr, status } = spawnSync(command, [join(codeFolder, file)], {
    cwd: projectRoot,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '--no-warnings' },
  });
  if (status !== 0) throw new Error(`content/pages/code/${file}:\n${stderr}`);
  return stdout.trimEnd().split('\n');
}

describe('the pages of back matter', () => {
  it.each(texts)('$path has front matter', ({ text }) => {
    pageSchema.parse(parse(/^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? ''));
  });

  it('show each pair of code once, and none is left out', () => {
    const shown = pairs.flatMap(({ attributes }) => [
      `${attributes['id']}.py`,
      `${attributes['id']}.ts`,
    ]);
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.sort()).toEqual(codeFiles);
  });
});

/** What the editor would underline in the guide's code, as `file:line: message`. */
function typeErrors(files: readonly string[]): string[] {
  const { config } = ts.readConfigFile(join(projectRoot, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, projectRoot);
  const program = ts.createProgram(files, {
    ...options,
    moduleDetection: ts.ModuleDetectionKind.Force,
    noEmit: true,
  });
  return files.flatMap((path) => {
    const source = program.getSourceFile(path);
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(({ file, start = 0, messageText }) => {
      const { line } = file!.getLineAndCharacterOfPosition(start);
      return `${path}:${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}

describe('the code of the guide', () => {
  it('has no type errors', () => {
    expect(
      typeErrors(
        codeFiles.filter((file) => file.endsWith('.ts')).map((file) => join(codeFolder, file)),
      ),
    ).toEqual([]);
  });

  it.each(codeFiles.filter((file) => file.endsWith('.ts')))('%s prints what it says', (file) => {
    const code = readFileSync(join(codeFolder, file), 'utf8');
    expect(saidToPrint(code, '//').length).toBeGreaterThan(0);
    expect(printed(process.execPath, file)).toEqual(saidToPrint(code, '//'));
  });

  // What imports TensorFlow is not run here, like every Python twin of the book.
  it
    .skipIf(!python)
    .each(
      codeFiles.filter(
        (file) =>
          file.endsWith('.py') &&
          !/import tensorflow/.test(readFileSync(join(codeFolder, file), 'utf8')),
      ),
    )('%s prints what it says', (file) => {
    expect(printed('python3', file)).toEqual(
      saidToPrint(readFileSync(join(codeFolder, file), 'utf8'), '#'),
    );
  });
});
