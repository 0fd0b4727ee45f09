import astro from 'eslint-plugin-astro';
import boundaries from 'eslint-plugin-boundaries';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Which layer may import which: dependencies point one way.
 * shared ← schemas; shared ← engine ← {crime ← runtime, litert} ← exercises ← {progress, instructor} ← components ← layouts ← pages.
 * build/ makes files for the site and is imported by astro.config.mjs and, at build time, by components and pages.
 */
const BELOW = {
  shared: [],
  schemas: ['shared'],
  engine: ['shared'],
  crime: ['shared', 'engine'],
  runtime: ['shared', 'engine', 'crime'],
  litert: ['shared', 'engine'],
  exercises: ['shared', 'schemas', 'engine', 'runtime'],
  progress: ['shared', 'schemas', 'engine', 'runtime', 'exercises'],
  instructor: ['shared', 'schemas', 'engine', 'runtime', 'exercises', 'highlight'],
  workbench: ['shared', 'engine'],
  highlight: ['shared'],
  build: [
    'shared',
    'schemas',
    'engine',
    'runtime',
    'exercises',
    'instructor',
    'workbench',
    'litert',
    'highlight',
  ],
  'service-worker': ['shared'],
  components: [
    'shared',
    'schemas',
    'engine',
    'crime',
    'runtime',
    'litert',
    'exercises',
    'progress',
    'instructor',
    'workbench',
    'highlight',
    'build',
    'styles',
    'service-worker',
  ],
  layouts: ['shared', 'schemas', 'progress', 'components', 'build', 'styles'],
  pages: [
    'shared',
    'schemas',
    'engine',
    'runtime',
    'litert',
    'exercises',
    'progress',
    'instructor',
    'workbench',
    'components',
    'layouts',
    'build',
    'styles',
  ],
};

const layers = [...Object.keys(BELOW), 'styles'].map((type) => ({ type, pattern: `src/${type}` }));

export default defineConfig(
  {
    ignores: [
      'dist*/',
      'node_modules/',
      '.astro/',
      'public/',
      'test-results/',
      'playwright-report/',
      'content/chapters/**/cells/',
    ],
  },
  ...tseslint.configs.strict,
  ...astro.configs.recommended,
  ...astro.configs['jsx-a11y-recommended'],
  // A scrollable block of code must be reachable by keyboard (axe: scrollable-region-focusable).
  { files: ['**/*.astro'], rules: { 'astro/jsx-a11y/no-noninteractive-tabindex': 'off' } },
  {
    files: ['**/*.{ts,mjs,mts,astro}'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      // noUncheckedIndexedAccess is on: in numeric loops `a[i]!` is the honest spelling of "i is in range".
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.property.name="insertAdjacentHTML"]',
          message: 'Build nodes: no HTML from strings.',
        },
        {
          selector: 'AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]',
          message: 'Build nodes: no HTML from strings.',
        },
      ],
      eqeqeq: 'error',
      'no-console': 'off',
    },
  },
  {
    files: ['src/**/*.{ts,astro}'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': layers,
      'import/resolver': { node: { extensions: ['.ts', '.astro', '.mjs', '.js'] } },
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          message: 'The layer rule (docs/architecture.md): this layer may not import that one.',
          policies: Object.entries(BELOW).map(([from, to]) => ({
            from: { element: { type: from } },
            allow: { to: { element: { types: { anyOf: [from, ...to] } } } },
          })),
        },
      ],
    },
  },
  {
    files: ['engine', 'shared', 'workbench', 'instructor'].map((layer) => `src/${layer}/**/*.ts`),
    rules: {
      'no-restricted-globals': [
        'error',
        ...['window', 'document', 'navigator', 'localStorage', 'self'].map((name) => ({
          name,
          message: 'The engine, the workbench, the instructor’s logic and shared code know no DOM.',
        })),
      ],
    },
  },
  { files: ['**/*.d.ts'], rules: { '@typescript-eslint/consistent-type-imports': 'off' } },
  { files: ['content/exercises/**/*.ts'], rules: { '@typescript-eslint/no-unused-vars': 'off' } },
);
