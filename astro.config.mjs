import { existsSync } from 'node:fs';
import mdx from '@astrojs/mdx';
import { unified } from '@astrojs/markdown-remark';
import { defineConfig } from 'astro/config';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';

/** Integrations of src/build/: file `a-b.ts` exports the one function `aB()` that makes the integration. */
const ours = [];
for (const [file, name] of [
  ['fonts', 'fonts'],
  ['mnist-files', 'mnistFiles'],
  ['sandbox-bundle', 'sandboxBundle'],
  ['editor-types', 'editorTypes'],
  ['service-worker', 'serviceWorker'], // last: it lists what the others emitted
]) {
  const url = new URL(`./src/build/${file}.ts`, import.meta.url);
  if (existsSync(url)) ours.push((await import(url.href))[name]());
}

export default defineConfig({
  site: process.env.SITE_URL ?? 'http://localhost:4321',
  base: process.env.BASE_PATH ?? '/',
  output: 'static',
  trailingSlash: 'always',
  // Nothing is inlined into the pages, so that the policy of the site needs no unsafe-inline scripts.
  vite: { build: { assetsInlineLimit: 0 }, worker: { format: 'es' } },
  devToolbar: { enabled: false },
  markdown: {
    processor: unified({ remarkPlugins: [remarkMath], rehypePlugins: [rehypeKatex] }),
    syntaxHighlight: false,
  },
  integrations: [mdx(), ...ours],
});
