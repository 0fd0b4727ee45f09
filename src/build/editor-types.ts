import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/**
 * Serves `editor-types.json`: the declarations of everything a cell may import, which the editor
 * fetches when it first opens. Made by {@link collectEditorTypes} when the file is asked for or built.
 */
export const editorTypes = (): AstroIntegration => ({
  name: 'heavy-weights:editor-types',
  hooks: {
    'astro:config:setup': ({ injectRoute }) => {
      injectRoute({
        pattern: '/editor-types.json',
        entrypoint: fileURLToPath(new URL('./editor-types-route.ts', import.meta.url)),
        prerender: true,
      });
    },
  },
});
