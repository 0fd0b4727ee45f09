import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import type { Exercise } from '../../src/exercises/load.ts';

/**
 * Makes one TypeScript program over the folders, with the repository's own settings, and gives the
 * errors of each folder's files: what a reader would see underlined in the editor.
 */
export function createTypeChecker(
  root: string,
  folders: readonly string[],
): (exercise: Exercise) => string[] {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const files = folders.flatMap(typescriptFiles);
  // Types of Node and Astro are no part of what a reader's program sees.
  const program = ts.createProgram(files, { ...options, types: [], noEmit: true });
  return (exercise) =>
    typescriptFiles(exercise.folder).flatMap((file) => {
      const source = program.getSourceFile(file);
      const found = [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ];
      return found.map((diagnostic) => describe(diagnostic, exercise.folder));
    });
}

function typescriptFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
}

function describe({ file, start = 0, messageText }: ts.Diagnostic, folder: string): string {
  const text = ts.flattenDiagnosticMessageText(messageText, ' ');
  if (file === undefined) return text;
  const { line } = file.getLineAndCharacterOfPosition(start);
  return `${relative(folder, file.fileName)}:${line + 1}: ${text}`;
}
