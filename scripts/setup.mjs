// Brings a fresh clone to a state in which everything else runs: packages as the lock file says, and Node 24,
// which is itself one of those packages. Written for any Node that can run npm (18 or newer), with no imports
// but Node's own.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const stamp = join(root, 'node_modules', '.installed-from');

/** PATH with our own commands, and so Node 24, in front. */
export const env = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  ASTRO_TELEMETRY_DISABLED: '1',
};

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/**
 * Runs `npm install` unless what is installed is what the lock file says. Not `npm ci`: that refuses a lock file
 * without the optional binaries of other platforms, which npm leaves out of it where a registry lacks them.
 */
export function ensureInstalled() {
  const wanted = lockHash();
  const present = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (present !== wanted) {
    console.log('Installing packages (about a minute, once) …');
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const shell = process.platform === 'win32';
    const done = spawnSync(npm, ['install', '--include=dev', '--no-audit', '--no-fund'], {
      cwd: root,
      stdio: 'inherit',
      shell,
    });
    if (done.status !== 0) {
      console.error(
        '\nnpm install failed: see the lines above. Check the network and run the command again.',
      );
      process.exit(done.status ?? 1);
    }
    writeFileSync(stamp, lockHash());
  }
  const version = spawnSync('node', ['--version'], {
    env,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const major = Number(/^v(\d+)/.exec(version.stdout ?? '')?.[1] ?? 0);
  if (major < 24) {
    console.error(
      `Node 24 did not arrive with the packages (found ${version.stdout?.trim() || 'none'}). ` +
        'Delete node_modules and run the command again, or install Node 24 yourself.',
    );
    process.exit(1);
  }
}

/** Runs one command with Node 24 in front; exits with its code when it fails. */
export function step(title, command, args = [], extraEnv = {}) {
  console.log(`\n▸ ${title}`);
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...env, ...extraEnv },
      shell: process.platform === 'win32',
    });
    child.on('error', (error) => {
      console.error(`✗ ${title}: ${error.message}`);
      process.exit(1);
    });
    child.on('exit', (code, signal) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      if (code !== 0) {
        console.error(`✗ ${title} failed after ${seconds} s (${signal ?? `exit ${code}`}).`);
        process.exit(code || 1);
      }
      console.log(`✓ ${title} (${seconds} s)`);
      resolve();
    });
  });
}
