import { bookFilesHere } from '../../src/build/book-sandbox.ts';
import { bookCatalogue } from '../../src/build/catalogue.ts';
import { checkInProcess } from '../../src/exercises/check-in-process.ts';
import type { VerifyTools } from '../../src/exercises/verify.ts';
import { createNodeSandbox } from '../../src/runtime/node-session.ts';
import { knownPythonNames, sectionNumbers } from './book-index.ts';
import { compilePython, hasPython } from './compile-python.ts';
import { Pool } from './pool.ts';
import { createTypeChecker } from './type-errors.ts';

/** The tools with which exercises are verified, and what ends the threads they started. */
export interface OpenTools extends VerifyTools {
  hasPython: boolean;
  dispose(): void;
}

/**
 * Opens the sandbox in Node and everything else that the rules of `verify.ts` ask.
 *
 * @param root the repository's folder
 * @param folders folders of the exercises that will be verified
 */
export async function openVerifyTools(
  root: string,
  folders: readonly string[],
): Promise<OpenTools> {
  const catalogue = bookCatalogue();
  const files = bookFilesHere();
  // One after the other: the first builds the worker's bundle, the second finds it.
  const sandboxes = [await createNodeSandbox({ files }), await createNodeSandbox({ files })];
  const pool = new Pool(sandboxes);
  // The kit counts expectations in the realm it lives in: one check at a time in this process.
  const alone = new Pool(['this process']);
  const python = await hasPython();
  let runs = 0;
  // Made on first use: the compiler takes seconds, and a test that asks for other rules only should not wait.
  let typeErrors: VerifyTools['typeErrors'] | undefined;
  return {
    hasPython: python,
    check: (request) => pool.use((sandbox) => sandbox.check(request).done),
    checkHere: (request) => alone.use(() => checkInProcess(request)),
    run: (code, limitMs) => {
      // A section of its own each time: starters share no definitions.
      const section = `verify-${++runs}`;
      const request = { cell: 'starter.ts', section, code, seed: 1, limitMs };
      return pool.use((sandbox) => sandbox.run(request).done);
    },
    typeErrors: (exercise) => (typeErrors ??= createTypeChecker(root, folders))(exercise),
    compilePython: async (file) => (python ? compilePython(file) : undefined),
    sections: await sectionNumbers(root),
    files: new Set(Object.keys(catalogue.files)),
    pythonNames: await knownPythonNames(root),
    dispose: () => sandboxes.forEach((sandbox) => sandbox.dispose()),
  };
}
