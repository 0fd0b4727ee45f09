import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Plugin } from 'vite';

const prefix = '\0monaco-style:';
const suffix = '.js';

/** `url(./codicon.ttf)` becomes an import, so that the font is emitted with its hash. */
const asModule = (css: string): string => {
  const imports: string[] = [];
  const parts = css.split(/url\(\s*(['"]?)(\.[^'")]+)\1\s*\)/);
  // The split gives text, quote, path, text, quote, path, … text.
  const text = parts.reduce((sum, part, index) => {
    if (index % 3 === 1) return sum;
    if (index % 3 === 0) return sum + JSON.stringify(part) + (index < parts.length - 1 ? '+' : '');
    imports.push(
      `import asset${imports.length} from ${JSON.stringify(`${part.replace(/[?#].*$/, '')}?url`)};`,
    );
    return `${sum}"url("+asset${imports.length - 1}+")"+`;
  }, '');
  return `${imports.join('')}
const style = document.createElement('style');
style.textContent = ${text};
document.head.append(style);`;
};

/**
 * Monaco's style sheets come with Monaco's script. Astro links the styles of everything a page's
 * scripts may import, even what they import later: 175 kB on each page, for an editor that most
 * visits never open.
 */
export const monacoStyles = (): Plugin => ({
  name: 'heavy-weights:monaco-styles',
  apply: 'build',
  enforce: 'pre',
  resolveId(source, importer) {
    if (importer === undefined || !source.startsWith('.')) return null;
    const from = importer.startsWith(prefix)
      ? importer.slice(prefix.length, -suffix.length)
      : importer;
    if (!from.includes('/node_modules/monaco-editor/')) return null;
    const path = resolve(dirname(from.replace(/\?.*$/, '')), source);
    if (path.endsWith('.css')) return `${prefix}${path}${suffix}`;
    return importer.startsWith(prefix) ? path : null;
  },
  async load(id) {
    if (!id.startsWith(prefix)) return null;
    return {
      code: asModule(await readFile(id.slice(prefix.length, -suffix.length), 'utf8')),
      moduleSideEffects: true,
    };
  },
});
