import mdx from '@astrojs/mdx';
import { unified } from '@astrojs/markdown-remark';
import { defineConfig } from 'astro/config';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import { editorTypes } from './src/build/editor-types.ts';
import { fonts } from './src/build/fonts.ts';
import { litertFiles } from './src/build/litert-files.ts';
import { mnistFiles } from './src/build/mnist-files.ts';
import { rehypeAccessible } from './src/build/rehype-accessible.ts';
import { sandboxBundle } from './src/build/sandbox-bundle.ts';
import { scormAssets } from './src/build/scorm-assets.ts';
import { serviceWorker } from './src/build/service-worker.ts';
import { rehypeCode } from './src/highlight/rehype-code.ts';

export default defineConfig({
  site: process.env.SITE_URL ?? 'http://localhost:4321',
  base: process.env.BASE_PATH ?? '/',
  output: 'static',
  trailingSlash: 'always',
  // Nothing is inlined into the pages, so that the policy of the site needs no unsafe-inline scripts.
  vite: { build: { assetsInlineLimit: 0 }, worker: { format: 'es' } },
  devToolbar: { enabled: false },
  markdown: {
    processor: unified({
      remarkPlugins: [remarkMath],
      rehypePlugins: [rehypeKatex, rehypeAccessible, rehypeCode],
    }),
    syntaxHighlight: false,
  },
  integrations: [
    mdx(),
    fonts(),
    mnistFiles(),
    sandboxBundle(),
    editorTypes(),
    litertFiles(),
    scormAssets(),
    // Last: it lists what the others emitted.
    serviceWorker(),
  ],
});
