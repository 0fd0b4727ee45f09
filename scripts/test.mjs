// npm test: everything a change must pass, from a fresh clone. `--fast` leaves out what needs a browser or a build.
import { ensureBrowser } from './ensure-browser.mjs';
import { ensureInstalled, step } from './setup.mjs';

ensureInstalled();
const fast = process.argv.includes('--fast');

await step('Types', 'astro', ['check', '--minimumFailingSeverity', 'warning']);
await step('Lint: TypeScript and layers', 'eslint', ['.', '--max-warnings', '0']);
await step('Lint: styles', 'stylelint', ['src/**/*.css', '--max-warnings', '0']);
await step('Format', 'prettier', ['--check', '--log-level', 'warn', '.']);
await step('Unused files and exports', 'knip', []);
await step('Unit, property, golden, content and exercise tests', 'vitest', ['run']);
if (!fast) {
  const chromium = ensureBrowser();
  console.log(`\nBrowser: ${chromium}`);
  await step('Build', 'astro', ['build', '--silent']);
  await step('Build under a sub-path', 'astro', ['build', '--silent', '--outDir', 'dist-subpath'], {
    BASE_PATH: '/books/heavy/',
  });
  await step('Links', 'node', ['scripts/check-links.mjs']);
  await step('Browser and end-to-end tests', 'playwright', ['test'], { CHROMIUM_PATH: chromium });
  await step('Budgets: sizes', 'node', ['scripts/budgets/index.ts', '--sizes'], {
    CHROMIUM_PATH: chromium,
  });
}
console.log('\nAll passed.');
