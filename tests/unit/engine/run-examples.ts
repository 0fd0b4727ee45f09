import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What one example did. */
export interface ExampleRun {
  lines: string[];
  /** The stack of what it threw. */
  error?: string;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));
const IMPORT = /^import (\{[^}]*\}|\* as \w+) from '([^']+)';$/gm;

/** Imports become awaited ones, so that many examples fit one module, each in a block of its own. */
function asBlock(example: string): string {
  const body = example.replace(
    IMPORT,
    (_, names: string, from: string) =>
      `const ${names.replace(/^\* as /, '').replaceAll(' as ', ': ')} = await import('${from}');`,
  );
  return `await run(async (console) => {\n${body}\n});`;
}

/**
 * Runs examples in plain Node, from the sources and without a build, as a script that imports
 * 'heavy-weights' would: one process for all of them, a console for each.
 */
export function runExamples(examples: readonly string[]): ExampleRun[] {
  const program = [
    `import { format } from 'node:util';`,
    `const runs: unknown[] = [];`,
    `async function run(example: (console: { log: (...args: unknown[]) => void }) => Promise<void>) {`,
    `  const lines: string[] = [];`,
    `  let error: string | undefined;`,
    `  try { await example({ log: (...args) => void lines.push(format(...args)) }); }`,
    `  catch (thrown) { error = String((thrown as Error)?.stack ?? thrown); }`,
    `  runs.push({ lines, error });`,
    `}`,
    ...examples.map(asBlock),
    `process.stdout.write(JSON.stringify(runs));`,
  ].join('\n');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module-typescript', '--no-warnings', '-'],
    { cwd: root, input: program, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the examples could not be run:\n${stderr}`);
  return JSON.parse(stdout) as ExampleRun[];
}
