/** Runs one module of a reader's, and hands its definitions on. */
import { realmName } from './compiled-module.ts';
import { guardedArrays } from './guarded-arrays.ts';
import { findModule, resolveImport } from './modules.ts';
import { addSource, dropSource, nextSourceUrl } from './sources.ts';
import type { CompiledModule } from './compiled-module.ts';
import type { ModuleRegistry } from './modules.ts';
import type { SectionScope } from './section-scope.ts';

/** Evaluates a script that is one expression, under a name for stack traces. Differs by platform. */
export type EvaluateScript = (text: string, url: string) => unknown;

export interface EvaluateOptions {
  name: string;
  modules: ModuleRegistry;
  evaluateScript: EvaluateScript;
  /** Definitions of earlier cells; this module's are added. */
  scope?: SectionScope;
  /** Receives the value of a last statement that is an expression. */
  onLast?: (value: unknown) => void;
}

type Definitions = Record<string, [get: () => unknown, set: (value: unknown) => void]>;

/** Gives the module's exports. Errors are those of the code itself. */
export async function evaluateModule(
  compiled: CompiledModule,
  options: EvaluateOptions,
): Promise<Record<string, unknown>> {
  const { modules, scope, onLast } = options;
  for (const { module, line } of compiled.bareImports) findModule(modules, module, line);

  const values = new Map<string, unknown>();
  for (const wanted of compiled.imports) values.set(wanted.local, resolveImport(modules, wanted));
  // Names that the code mentions and does not declare.
  const free = new Set(compiled.names);
  for (const { name: declared } of compiled.declared) free.delete(declared);
  const live = bindEarlier(free, scope, values);
  for (const [array, guarded] of guardedArrays) {
    if (free.has(array) && !values.has(array)) values.set(array, guarded);
  }
  if (live.size > 0) bindGlobals(free, live, values);

  const definitions: Definitions = Object.create(null) as Definitions;
  values.set(realmName, {
    define: (given: Definitions) => Object.assign(definitions, given),
    load: async (specifier: unknown) => findModule(modules, String(specifier)),
    last: async (value: unknown) => onLast?.(await value),
  });

  const script = scriptOf(compiled, [...values.keys()], live.size > 0, options);
  const run = script(liveObject(live, scope));

  try {
    await run(Object.fromEntries(values));
  } finally {
    if (scope) shareDefinitions(compiled, definitions, values, scope);
  }
  const exports: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const { exported, local } of compiled.exports) {
    const definition = definitions[local];
    exports[exported] = definition ? definition[0]() : values.get(local);
  }
  return exports;
}

/**
 * Earlier definitions that the code mentions. What never changes is passed by value, which is fast;
 * what may be assigned (`let`, `var`) is reached where it lives. Gives the names of the latter.
 */
function bindEarlier(
  free: ReadonlySet<string>,
  scope: SectionScope | undefined,
  values: Map<string, unknown>,
): Set<string> {
  const live = new Set<string>();
  for (const [name, definition] of scope ?? []) {
    if (!free.has(name) || values.has(name)) continue;
    if (!definition.live) {
      try {
        values.set(name, definition.get());
        continue;
      } catch {
        // Its cell failed before this line: using it must say so, mentioning it need not.
      }
    }
    live.add(name);
  }
  return live;
}

/** Under `with` every free name is looked up slowly, so the globals in use become constants. */
function bindGlobals(
  free: ReadonlySet<string>,
  live: Set<string>,
  values: Map<string, unknown>,
): void {
  const globals = globalThis as unknown as Record<string, unknown>;
  for (const name of free) {
    if (name === 'eval' || name === 'arguments' || name === 'undefined') continue;
    if (!(name in globals) || live.has(name) || values.has(name)) continue;
    try {
      values.set(name, globals[name]);
    } catch {
      // Some globals refuse to be read in an opaque origin; naming a property like them is no reading.
    }
  }
}

function liveObject(live: Set<string>, scope: SectionScope | undefined): object {
  const object = Object.create(null) as object;
  for (const name of live) {
    const definition = scope!.get(name)!;
    Object.defineProperty(object, name, { get: definition.get, set: definition.set });
  }
  return object;
}

type Script = (live: object) => (values: Record<string, unknown>) => Promise<void>;

/** What a module was evaluated to; evaluated anew it runs anew, but need not be read by the browser again. */
const scripts = new WeakMap<CompiledModule, { name: string; text: string; script: Script }>();

function scriptOf(
  compiled: CompiledModule,
  constants: string[],
  withLive: boolean,
  { name, evaluateScript }: Pick<EvaluateOptions, 'name' | 'evaluateScript'>,
): Script {
  const { text, offset } = functionText(compiled, constants, withLive);
  const known = scripts.get(compiled);
  // Under another name its errors would be another text's.
  if (known?.name === name && known.text === text) return known.script;
  const url = nextSourceUrl(name);
  addSource({ name, url, offset, compiled });
  try {
    const script = evaluateScript(text, url) as Script;
    scripts.set(compiled, { name, text, script });
    return script;
  } catch (error) {
    dropSource(url);
    throw error;
  }
}

function functionText(
  compiled: CompiledModule,
  constants: string[],
  withLive: boolean,
): { text: string; offset: number } {
  const definitions = compiled.declared
    .map(
      ({ name }) => `${JSON.stringify(name)}: [() => ${name}, ($value) => { ${name} = $value; }]`,
    )
    .join(', ');
  const head = withLive ? '(function ($live) { with ($live) {' : '(function () { {';
  return {
    text: [
      `${head} return async function ($values) { 'use strict'; const { ${constants.join(', ')} } = $values; ${realmName}.define({ ${definitions} });`,
      compiled.body,
      '}; } })',
    ].join('\n'),
    offset: 1,
  };
}

function shareDefinitions(
  compiled: CompiledModule,
  definitions: Definitions,
  values: Map<string, unknown>,
  scope: SectionScope,
): void {
  for (const { local } of compiled.imports) {
    const value = values.get(local);
    scope.set(local, { live: false, get: () => value, set: () => undefined });
  }
  for (const { name, live } of compiled.declared) {
    const definition = definitions[name];
    if (definition) scope.set(name, { live, get: definition[0], set: definition[1] });
  }
}
