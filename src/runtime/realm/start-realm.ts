/**
 * A realm: the place where code runs, in a browser's worker or in a Node thread. It takes messages
 * from the host, evaluates cells, submissions and tasks, and sends back only plain data.
 */
import { inTurn } from '../../shared/in-turn.ts';
import { ReaderError } from '../../shared/reader-error.ts';
import type { ReaderErrorData } from '../../shared/reader-error.ts';
import { decodePlain, encodePlain } from '../plain.ts';
import { answerCalls } from './answer-calls.ts';
import { Calls } from './calls.ts';
import { installConsole } from './console.ts';
import { evaluateModule } from './evaluate.ts';
import { explainError } from './explain-error.ts';
import { formatValue } from './format-value.ts';
import { harden } from './harden.ts';
import { closeRun, currentRun, openRun } from './run-channel.ts';
import { RunOutput } from './run-output.ts';
import { seedRandom } from './seed-random.ts';
import { sectionScope } from './section-scope.ts';
import { catchStrays, settle } from './strays.ts';
import { startTensorflow } from './tensorflow-backend.ts';
import { cancelTimers, installTimers } from './timers.ts';
import type { CallResult, RealmTask } from '../protocol.ts';
import type { FromRealm, Plain, ToRealm } from '../wire.ts';
import type { Compile, CompiledModule } from './compiled-module.ts';
import type { EvaluateScript } from './evaluate.ts';
import type { ModuleRegistry } from './modules.ts';
import type { PeerPort } from './peer-port.ts';
import type { Send } from './run-channel.ts';

/** How a realm reaches its host. `send` must not be reachable from the global object. */
export interface RealmPort {
  send: Send;
  listen(receive: (message: ToRealm) => void): void;
  /** Takes an end of a channel to another realm; what it gives must not be reachable either. */
  openPeer(port: MessagePort): PeerPort;
}

export interface RealmParts {
  modules: ModuleRegistry;
  tasks: Record<string, RealmTask>;
  compile: Compile;
  evaluateScript: EvaluateScript;
}

type Message<Type extends ToRealm['type']> = Extract<ToRealm, { type: Type }>;

/** What a call left over from a check that has ended is answered with. */
const taskOver: ReaderErrorData = { code: 'stopped', explain: 'The check is over.' };

/** Starts serving the host. Nothing is evaluated before `boot`. */
export function startRealm(port: RealmPort, parts: RealmParts): void {
  const realm = new Realm(port, parts);
  port.listen((message) => void realm.receive(message));
}

async function encodeArguments(name: string, args: unknown[]): Promise<Plain[]> {
  const plain: Plain[] = [];
  for (const [index, arg] of args.entries())
    plain.push(await encodePlain(arg, `argument ${index + 1} of ${name}`));
  return plain;
}

class Realm {
  #send: Send;
  #openPeer: RealmPort['openPeer'];
  #parts: RealmParts;
  #output: RunOutput | undefined;
  /** Exports of the submission that was loaded last. */
  #exports: Record<string, unknown> = {};
  #submission = 'submission';
  /** Of the task that judges. */
  #calls: Calls | undefined;
  #encoding = inTurn();
  #booted: Promise<void> | undefined;

  constructor({ send, openPeer }: RealmPort, parts: RealmParts) {
    this.#send = send;
    this.#openPeer = openPeer;
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
      case 'peer':
        return this.#meetPeer(message);
      case 'task':
        return this.#runTask(message);
      case 'end-calls':
        if (this.#output?.id === message.run) this.#calls?.end(message.error);
        return;
      case 'ask-doing':
        return this.#tellDoing(message.run);
      case 'file':
        if (this.#output?.id === message.run)
          this.#output.answerFile(message.request, message.reply);
        return;
      case 'ping':
        // Who asks whether this realm lives hears all that it had to say.
        this.#output?.flush();
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

  #meetPeer({ role, port }: Message<'peer'>): void {
    const peer = this.#openPeer(port);
    if (role === 'judge') {
      this.#calls = new Calls(peer, (error) => {
        if (this.#output) this.#send({ type: 'refused', run: this.#output.id, error });
      });
      return;
    }
    answerCalls(peer, {
      exports: () => this.#exports,
      explain: (error) => this.#explain(error, this.#submission, Object.keys(this.#exports)),
    });
  }

  #tellDoing(run: number): void {
    const name = this.#output?.id === run ? this.#calls?.doing : undefined;
    this.#send({ type: 'doing', run, ...(name === undefined ? {} : { name }) });
  }

  async #runTask({ run, name, payload, seed }: Message<'task'>): Promise<void> {
    const output = this.#open(run, seed);
    try {
      const task = Object.hasOwn(this.#parts.tasks, name) ? this.#parts.tasks[name] : undefined;
      if (!task) throw new Error(`There is no task named ${name}.`);
      const value = await task(payload, {
        evaluate: (code, file) => this.#evaluateLocated(code, file),
        callEach: (called, each) => this.#callEach(called, each),
      });
      this.#finish(output, { value });
    } catch (error) {
      this.#finish(output, { error: this.#explain(error, name, []) });
    } finally {
      this.#calls?.end(taskOver);
      this.#calls = undefined;
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

  #callEach(name: string, each: unknown[][]): Promise<CallResult>[] {
    const calls = this.#calls;
    if (!calls) throw new Error('There is no submission to call.');
    // Tensors take longer to encode than numbers; calls go in the order in which they were made.
    const sent = this.#encoding(async () => {
      const lists: Plain[][] = [];
      for (const args of each) lists.push(await encodeArguments(name, args));
      return { answers: calls.callEach(name, lists) };
    });
    return each.map(async (_, index): Promise<CallResult> => {
      const result = await (await sent).answers[index]!;
      return result.ok ? { ok: true, value: await decodePlain(result.value) } : result;
    });
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
