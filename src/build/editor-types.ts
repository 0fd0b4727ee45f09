import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { monacoStyles } from './monaco-styles.ts';

/**
 * What the editor needs of the build. It serves `editor-types.json`, the declarations of everything a
 * cell may import, which the editor fetches when it first opens (`collect-editor-types.ts` makes them),
 * and keeps Monaco's style sheets out of pages on which no editor is open.
 */
export const editorTypes = (): AstroIntegration => ({
  name: 'heavy-weights:editor-types',
  hooks: {
    'astro:config:setup': ({ injectRoute, updateConfig }) => {
      updateConfig({ vite: { plugins: [monacoStyles()] } });
      injectRoute({
        pattern: '/editor-types.json',
        entrypoint: fileURLToPath(new URL('./editor-types-route.ts', import.meta.url)),
        prerender: true,
      });
    },
  },
});
