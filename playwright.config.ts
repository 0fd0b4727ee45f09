import { defineConfig } from '@playwright/test';
import { findBrowser, QUIET_FLAGS } from './scripts/ensure-browser.mjs';

const port = Number(process.env['E2E_PORT'] ?? 4399);

/** Drives the built site in dist/ with whatever Chromium this machine has. */
export default defineConfig({
  testDir: 'tests',
  testMatch: ['browser/**/*.spec.ts', 'e2e/**/*.spec.ts'],
  outputDir: 'test-results',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env['CI'] === 'true',
  // Timing on a shared machine can fail a browser test once; a second failure is real, and the first is reported as flaky.
  retries: process.env['CI'] === 'true' ? 1 : 0,
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${port}/`,
    launchOptions: {
      executablePath: findBrowser() ?? undefined,
      args: ['--no-sandbox', ...QUIET_FLAGS],
    },
    trace: 'retain-on-failure',
  },
  webServer: {
    command: `node scripts/serve.mjs --port ${port}`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: process.env['CI'] !== 'true',
  },
});
