import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AstroIntegration } from 'astro';
import { build } from 'esbuild';
import { projectRoot } from './project-root.ts';

const folder = join(projectRoot, 'src/components/Instructor/Scorm/sco');

/** What every SCORM package carries besides its questions: one classic script and one style sheet, as text. */
export async function scoAssets(): Promise<{ script: string; style: string }> {
  const [bundle, style] = await Promise.all([
    build({
      entryPoints: [join(folder, 'sco.ts')],
      bundle: true,
      write: false,
      minify: true,
      legalComments: 'none',
      format: 'iife',
      platform: 'browser',
      // Course systems outlive browsers.
      target: 'es2020',
      logLevel: 'error',
    }),
    readFile(join(folder, 'sco.css'), 'utf8'),
  ]);
  return { script: bundle.outputFiles[0]!.text, style };
}

const module = 'virtual:heavy-weights/scorm';

/** Gives the pages that make packages these assets, as a module that is fetched when one is made. */
export function scormAssets(): AstroIntegration {
  return {
    name: 'heavy-weights:scorm-assets',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => {
        updateConfig({
          vite: {
            plugins: [
              {
                name: 'heavy-weights:scorm-assets',
                resolveId: (id: string) => (id === module ? `\0${module}` : undefined),
                load: async (id: string) => {
                  if (id !== `\0${module}`) return undefined;
                  const { script, style } = await scoAssets();
                  return `export const script = ${JSON.stringify(script)};\nexport const style = ${JSON.stringify(style)};`;
                },
              },
            ],
          },
        });
      },
    },
  };
}
