import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/{unit,property,golden,exercises,content}/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A suite that lost its tests must not pass.
    passWithNoTests: false,
    allowOnly: process.env['CI'] !== 'true',
  },
});
