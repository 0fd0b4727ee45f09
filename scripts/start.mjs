// npm start: from a fresh clone to the open book. Installs, builds and serves, and prints the address.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root, step } from './setup.mjs';

ensureInstalled();
await step('Building the book', 'astro', ['build', '--silent']);
if (!existsSync(join(root, 'dist', 'index.html'))) {
  console.error('The build left no dist/index.html.');
  process.exit(1);
}
await step('Serving it', 'node', ['scripts/serve.mjs', ...process.argv.slice(2)]);
