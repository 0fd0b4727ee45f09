import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Compiles without writing a cache file beside the source; prints the error as Python words it. */
const program = `
import sys
try:
    compile(open(sys.argv[1], encoding="utf-8").read(), sys.argv[1], "exec")
except SyntaxError as error:
    sys.exit(f"{error.filename}:{error.lineno}: {error.msg}")
`;

/** Whether this machine has Python 3; where it has not, twins are left uncompiled and that is said. */
export async function hasPython(): Promise<boolean> {
  try {
    await run('python3', ['--version']);
    return true;
  } catch {
    return false;
  }
}

/** The syntax error of a Python file, or undefined. */
export async function compilePython(file: string): Promise<string | undefined> {
  try {
    await run('python3', ['-c', program, file]);
    return undefined;
  } catch (error) {
    return (error as { stderr?: string }).stderr?.trim() || String(error);
  }
}
