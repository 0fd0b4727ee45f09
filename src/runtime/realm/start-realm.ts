/**
 * A realm: the place where code runs, in a browser's worker or in a Node thread. It takes messages
 * from the host, evaluates cells, submissions and tasks, and sends back only plain data.
 */
import { ReaderError } from '../../shared/reader-error.ts';
import { decodePlain, encodePlain } from '../plain.ts';
import { installConsole } from './console.ts';
import { evaluateModule } from './evaluate.ts';
import { explainError } from './explain-error.ts';
import { formatValue } from './format-value.ts';
import { harden } from './harden.ts';
import { closeRun, currentRun, openRun } from './run-channel.ts';
import { RunOutput } from './run-output.ts';
import { seedRandom } from './seed-random.ts';
import { sectionScope } from './section-scope.ts';
import { startTensorflow } from './tensorflow-backend.ts';
import { cancelTimers, installTimers } from './timers.ts';
import type { CallResult, RealmTask } from '../protocol.ts';
import type { FromRealm, Plain, PlainResult, ToRealm } from '../wire.ts';
import type { Compile, CompiledModule } from './compiled-module.ts';
import type { EvaluateScript } from './evaluate.ts';
import type { ModuleRegistry } from './modules.ts';
import type { Send } from './run-channel.ts';

/** How a realm reaches its host. `send` must not be reachable from the global object. */
export interface RealmPort {
  send: Send;
  listen(receive: (message: ToRealm) => void): void;
}

export interface RealmParts {
  modules: ModuleRegistry;
  tasks: Record<string, RealmTask>;
  compile: Compile;
  evaluateScript: EvaluateScript;
}

type Message<Type extends ToRealm['type']> = Extract<ToRealm, { type: Type }>;

// Captured before any reader's code runs.
const pause = setTimeout;

/** Starts serving the host. Nothing is evaluated before `boot`. */
export function startRealm(port: RealmPort, parts: RealmParts): void {
  const realm = new Realm(port.send, parts);
  port.listen((message) => void realm.receive(message));
}

class Realm {
  #send: Send;
  #parts: RealmParts;
  #output: RunOutput | undefined;
  /** Exports of the submission that was loaded last. */
  #exports: Record<string, unknown> = {};
  #submission = 'submission';
  #calls = new Map<number, (result: PlainResult) => void>();
  #nextCall = 1;
  #booted: Promise<void> | undefined;

  constructor(send: Send, parts: RealmParts) {
    this.#send = send;
    this.#parts = parts;
  }

  async receive(message: ToRealm): Promise<void> {
    if (message.type === 'boot') {
      this.#booted = this.#boot(message);
      return;
    }
    await this.#booted;
    switch (message.type) {
      case 'prepare':
        return this.#prepare(message.code);
      case 'compile':
        return this.#compileForAnother(message);
      case 'run':
        return this.#runCell(message);
      case 'load':
        return this.#load(message);
      case 'call':
        return this.#answerCall(message);
      case 'task':
        return this.#runTask(message);
      case 'call-result':
        this.#calls.get(message.call)?.(message.result);
        this.#calls.delete(message.call);
        return;
      case 'file':
        if (this.#output?.id === message.run)
          this.#output.answerFile(message.request, message.reply);
        return;
      case 'ping':
        this.#send({ type: 'pong', ping: message.ping });
        return;
    }
  }

  async #boot({ wasm }: Message<'boot'>): Promise<void> {
    installConsole();
    const started = await startTensorflow(wasm);
    // Enough frames that deep library calls do not hide the reader's own line.
    (Error as { stackTraceLimit?: number }).stackTraceLimit = 60;
    installTimers();
    catchStrays((reason) => this.#reportStray(reason));
    harden();
    this.#send({ type: 'ready', ...started });
  }

  #open(run: number, seed: number, caseNumber?: number): RunOutput {
    seedRandom(seed);
    const output = new RunOutput(run, this.#send, caseNumber);
    this.#output = output;
    openRun(output);
    return output;
  }

  /** Ends the run: after this nothing of it can be sent. */
  #finish(
    output: RunOutput,
    result: Omit<Extract<FromRealm, { type: 'done' }>, 'type' | 'run'>,
  ): void {
    const timers = cancelTimers();
    if (timers > 0) {
      output.write('warn', [
        `${timers === 1 ? 'A timer was' : `${timers} timers were`} still waiting when the code ended, and stopped. Await what you start to see its result.`,
      ]);
    }
    output.close();
    closeRun();
    this.#send({ type: 'done', run: output.id, ...result });
  }

  async #runCell({ run, cell, section, code, seed, caseNumber }: Message<'run'>): Promise<void> {
    const output = this.#open(run, seed, caseNumber);
    const scope = sectionScope(section);
    try {
      await evaluateModule(this.#parts.compile(code, { showLast: true }), {
        name: cell,
        modules: this.#parts.modules,
        evaluateScript: this.#parts.evaluateScript,
        scope,
        onLast: (value) => {
          if (value !== undefined)
            output.write('log', [typeof value === 'string' ? formatValue(value) : value]);
        },
      });
      await settle();
      this.#finish(output, {});
    } catch (error) {
      await settle();
      this.#finish(output, { error: this.#explain(error, cell, scope.keys()) });
    }
  }

  async #load({ run, file, source, seed }: Message<'load'>): Promise<void> {
    const output = this.#open(run, seed);
    this.#submission = file;
    this.#exports = {};
    try {
      this.#exports = await this.#evaluate(source, file);
      // The run stays open: the calls that follow belong to it.
      output.flush();
      this.#send({ type: 'done', run, exports: Object.keys(this.#exports) });
    } catch (error) {
      this.#finish(output, { error: this.#explain(error, file, []) });
    }
  }

  async #answerCall({ run, call, name, args }: Message<'call'>): Promise<void> {
    let result: PlainResult;
    try {
      const target = Object.hasOwn(this.#exports, name) ? this.#exports[name] : undefined;
      if (typeof target !== 'function') {
        throw new ReaderError({
          code: 'not-a-function',
          explain: `The code exports no function named \`${name}\`.`,
          hint: `Write: export function ${name}(…) { … }`,
        });
      }
      const values: unknown[] = [];
      for (const arg of args) values.push(await decodePlain(arg));
      const value: unknown = await Reflect.apply(
        target as (...args: unknown[]) => unknown,
        undefined,
        values,
      );
      result = { ok: true, value: await encodePlain(value, `what \`${name}\` returned`) };
    } catch (error) {
      result = {
        ok: false,
        error: this.#explain(error, this.#submission, Object.keys(this.#exports)),
      };
    }
    this.#output?.flush();
    this.#send({ type: 'returned', run, call, result });
  }

  async #runTask({ run, name, payload, seed }: Message<'task'>): Promise<void> {
    const output = this.#open(run, seed);
    try {
      const task = Object.hasOwn(this.#parts.tasks, name) ? this.#parts.tasks[name] : undefined;
      if (!task) throw new Error(`There is no task named ${name}.`);
      const value = await task(payload, {
        evaluate: (code, file) => this.#evaluateLocated(code, file),
        call: (called, args) => this.#call(run, called, args),
      });
      this.#finish(output, { value });
    } catch (error) {
      this.#finish(output, { error: this.#explain(error, name, []) });
    } finally {
      this.#calls.clear();
    }
  }

  #prepare(code: string): void {
    try {
      this.#parts.compile(code, { showLast: false });
    } catch {
      // Evaluating it will say what is wrong with it.
    }
  }

  #compileForAnother({ run, file, code }: Message<'compile'>): void {
    try {
      const module = this.#parts.compile(code, { showLast: false });
      this.#send({ type: 'compiled', run, module });
    } catch (error) {
      this.#send({ type: 'done', run, error: this.#explain(error, file, []) });
    }
  }

  #evaluate(source: string | CompiledModule, name: string): Promise<Record<string, unknown>> {
    const { modules, compile, evaluateScript } = this.#parts;
    const module = typeof source === 'string' ? compile(source, { showLast: false }) : source;
    return evaluateModule(module, { name, modules, evaluateScript });
  }

  /** An error in the evaluated text carries that text's own line. */
  async #evaluateLocated(code: string, file: string): Promise<Record<string, unknown>> {
    try {
      return await this.#evaluate(code, file);
    } catch (error) {
      throw new ReaderError(this.#explain(error, file, []));
    }
  }

  async #call(run: number, name: string, args: unknown[]): Promise<CallResult> {
    const plain: Plain[] = [];
    for (const [index, arg] of args.entries())
      plain.push(await encodePlain(arg, `argument ${index + 1} of ${name}`));
    const call = this.#nextCall++;
    const result = await new Promise<PlainResult>((resolve) => {
      this.#calls.set(call, resolve);
      this.#send({ type: 'call', run, call, name, args: plain });
    });
    return result.ok ? { ok: true, value: await decodePlain(result.value) } : result;
  }

  #explain(
    error: unknown,
    name: string | undefined,
    known: Iterable<string>,
  ): ReturnType<typeof explainError> {
    return explainError(error, {
      ...(name === undefined ? {} : { name }),
      modules: this.#parts.modules,
      known,
    });
  }

  /** An error that no `await` saw. */
  #reportStray(reason: unknown): void {
    const run = currentRun();
    if (!run) return;
    const { explain, hint, location } = this.#explain(reason, undefined, []);
    const where = location ? ` (line ${location.line})` : '';
    run.write('error', [
      `An error that nothing awaited${where}: ${explain}${hint ? ` ${hint}` : ''}`,
    ]);
  }
}

/**
 * Lets rejections that nothing handles be noticed before the run closes. Browsers tell of them in a
 * task of their own, which a single timer can overtake.
 */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => pause(resolve, 1));
}

interface StrayEvent {
  preventDefault?: () => void;
  reason?: unknown;
  error?: unknown;
}

function catchStrays(report: (reason: unknown) => void): void {
  const target = globalThis as unknown as {
    addEventListener?: (type: string, listener: (event: StrayEvent) => void) => void;
  };
  target.addEventListener?.('unhandledrejection', (event) => {
    event.preventDefault?.();
    report(event.reason);
  });
  target.addEventListener?.('error', (event) => {
    event.preventDefault?.();
    report(event.error);
  });
}
