/** Builds the script of /sandbox.html and the policy that lets nothing else run there. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'esbuild';

export interface FramePage {
  html: string;
  policy: string;
  /** The source expression that lets the frame's script run: `'sha256-…'`. */
  scriptHash: string;
}

/** The sandbox page, whole: one inline script, allowed by its hash. */
export async function bundleFrame(): Promise<FramePage> {
  const result = await build({
    entryPoints: [join(process.cwd(), 'src/runtime/frame.ts')],
    bundle: true,
    write: false,
    minify: true,
    legalComments: 'none',
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
  });
  const script = result.outputFiles[0]!.text.trim();
  const scriptHash = `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
  const policy = framePolicy(scriptHash);
  return {
    policy,
    scriptHash,
    html: framePage(script, `<meta http-equiv="Content-Security-Policy" content="${policy}">`),
  };
}

/**
 * Nothing may be fetched, from anywhere. Scripts: the page's own by its hash, and those made in place
 * (`blob:`), which is how workers start and how they evaluate code. No `unsafe-eval`, no `unsafe-inline`.
 * (`webrtc 'block'` would be one more lock on this window, but no browser knows the directive yet and
 * Chromium logs an error for it.)
 */
function framePolicy(scriptHash: string): string {
  return [
    "default-src 'none'",
    `script-src ${scriptHash} blob: 'wasm-unsafe-eval'`,
    'worker-src blob:',
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** @param policyTag the line that the tests take out, to see that they notice */
export function framePage(script: string, policyTag: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${policyTag}
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>Sandbox</title>
</head>
<body>
<script>${script}</script>
</body>
</html>
`;
}
