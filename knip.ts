import type { KnipConfig } from 'knip';

/** What an .astro file imports: its front matter, and the scripts it names or holds. */
const astro = (text: string): string => {
  const front = /^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? '';
  const scripts = [...text.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)].map(
    ([, attributes, body]) => {
      const source = /\bsrc="([^"]+)"/.exec(attributes ?? '')?.[1];
      return source ? `import '${source}';` : (body ?? '');
    },
  );
  return [front, ...scripts].join('\n');
};

export default {
  entry: [
    'src/pages/**/*.{astro,ts}',
    'src/build/*.ts',
    'src/exercises/sandbox-worker.ts',
    'src/exercises/submission-worker.ts',
    'src/runtime/frame.ts',
    'src/service-worker/service-worker.ts',
    'src/litert/worker.ts',
    'src/runtime/node/*.ts',
    // Bundled by path: the workers' TensorFlow.js, and the tests' own workers.
    'src/runtime/realm/tensorflow.ts',
    'src/runtime/realm/no-tensorflow.ts',
    'src/components/Instructor/Scorm/sco/sco.ts',
    'scripts/grade/page.ts',
    'tests/browser/scorm-lms.ts',
    'tests/browser/unlocked-worker.ts',
    'tests/browser/unlocked-light-worker.ts',
    'tests/unit/runtime/fixtures/worker-entry.ts',
    'scripts/*.{ts,mjs}',
    'scripts/*/index.ts',
    // Found by their names: the results of each section.
    'scripts/results/sections/*.ts',
    'content/exercises/*/*.ts',
    'content/exercises/*/mistakes/*.ts',
    'tests/**/*.{test,spec}.ts',
  ],
  project: ['src/**/*.{ts,astro}', 'scripts/**/*.{ts,mjs}', 'tests/**/*.ts', 'benchmarks/**/*.ts'],
  ignoreExportsUsedInFile: true,
  compilers: { astro },
  // Used by name and not by import: type-checking pages, files read from the package's folder.
  ignoreDependencies: ['@astrojs/check', '@fontsource-variable/source-serif-4', /^@fontsource\//],
  ignoreBinaries: ['apt-get'],
} satisfies KnipConfig;
