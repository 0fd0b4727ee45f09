import { createHash } from 'node:crypto';
import { scriptHash as sandboxScript } from 'virtual:heavy-weights/sandbox-frame';

/**
 * Runs before the first paint, so that a chosen theme never flashes the other one. The choice is also
 * kept with the reader's settings; here it must be at hand at once, hence localStorage.
 */
export const themeScript = `try{var t=localStorage.getItem('heavy-weights:theme');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}`;

const hash = (script: string): string =>
  `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

/** The site's own policy. `frame-src 'self'` also keeps the sandbox's frame from navigating away. */
export const contentSecurityPolicy = [
  "default-src 'self'",
  // The sandbox's script, blob: and wasm are for the sandbox alone: without a network its frame holds a copy of
  // sandbox.html, which inherits this policy (docs/decisions/0001-offline-sandbox.md).
  `script-src 'self' ${hash(themeScript)} ${sandboxScript} blob: 'wasm-unsafe-eval'`,
  // KaTeX, Monaco and the plots set inline styles.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
