/** What was thrown, as a reader can use it: in plain words, with the line it happened on. */
import { ReaderError } from '../../shared/reader-error.ts';
import type { ReaderErrorData, SourceLocation } from '../../shared/reader-error.ts';
import { caps } from '../caps.ts';
import { formatValue } from './format-value.ts';
import { readerFrames } from './sources.ts';
import { suggestName } from './suggest.ts';
import type { ModuleRegistry } from './modules.ts';

export interface ErrorContext {
  /** Name of the text whose lines the reader is shown; unnamed, the innermost place in any text will do. */
  name?: string;
  modules: ModuleRegistry;
  /** Names that the code could have meant. */
  known: Iterable<string>;
}

type Explanation = Omit<ReaderErrorData, 'location'>;

/** Never throws, whatever was thrown. */
export function explainError(thrown: unknown, context: ErrorContext): ReaderErrorData {
  try {
    return limit(explain(thrown, context));
  } catch {
    return {
      code: 'thrown-value',
      explain: 'The code threw something that cannot even be looked at.',
      hint: "Throw an error instead: throw new Error('what went wrong').",
    };
  }
}

function explain(thrown: unknown, context: ErrorContext): ReaderErrorData {
  if (thrown instanceof ReaderError) {
    const data = thrown.toData();
    return data.location ? data : { ...data, ...place(thrown, context) };
  }
  if (!(thrown instanceof Error)) {
    return {
      code: 'thrown-value',
      explain: `The code threw ${formatValue(thrown).slice(0, 200)}, which is not an error.`,
      hint: "Throw an error instead: throw new Error('what went wrong'). It then carries its line.",
    };
  }
  const name = String(thrown.name);
  const message = String(thrown.message);
  return { ...explainMessage(name, message, context), ...place(thrown, context) };
}

function place(error: Error, context: ErrorContext): { location?: SourceLocation } {
  const frames = readerFrames(String(error.stack));
  const frame =
    context.name === undefined
      ? frames[0]
      : frames.find(({ source }) => source.name === context.name);
  return frame ? { location: frame.location } : {};
}

const rules: [RegExp, (match: RegExpExecArray, context: ErrorContext) => Explanation][] = [
  [
    /Maximum call stack size exceeded|too much recursion/,
    () => ({
      code: 'endless-recursion',
      explain: 'A function called itself without end, until there was no room for another call.',
      hint: 'Give it a case in which it returns without calling itself.',
    }),
  ],
  [
    /Array buffer allocation failed|allocation size overflow|out of memory|Out of memory|Aborted\(OOM|Cannot enlarge memory|Invalid string length/,
    () => ({
      code: 'out-of-memory',
      explain: 'The code asked for more memory than the browser gives to a cell.',
      hint: 'Work in smaller pieces, and dispose of tensors you no longer need (tf.tidy does it for you).',
    }),
  ],
  [
    /Invalid typed array length: (-?[\d.e+]+|\S+)|Invalid array length|invalid array length|invalid or out-of-range index|length too large/,
    (match) => ({
      code: 'invalid-length',
      explain: match[1]
        ? `An array cannot have the length ${match[1]}.`
        : 'An array was given a length it cannot have.',
      hint: 'A length is a whole number from 0 up, and the whole array must fit into memory.',
    }),
  ],
  [
    /^(?:([\w$.]+) is not defined|Can't find variable: ([\w$.]+))/,
    (match, context) => notDefined((match[1] ?? match[2])!, context),
  ],
  [
    /^(?:Cannot access '(.+)' before initialization|can't access lexical declaration '(.+)' before initialization)/,
    (match) => ({
      code: 'used-too-early',
      explain: `\`${match[1] ?? match[2]}\` was used before the line that gives it its value had run.`,
      hint: 'Move that line up; if an earlier cell defines it, run that cell again.',
    }),
  ],
  [
    /^(?:Assignment to constant variable|invalid assignment to const)/,
    () => ({
      code: 'constant-assigned',
      explain: 'A `const` was given a new value.',
      hint: 'Declare it with `let` if it must change.',
    }),
  ],
  [
    /^(?:Cannot read propert(?:y|ies)(?: '(.+)')? of (undefined|null)(?: \(reading '(.+)'\))?|.*can't access property "(.+)", .* is (undefined|null))/,
    (match) => nothingThere(match[1] ?? match[3] ?? match[4], (match[2] ?? match[5])!),
  ],
  [
    /^(.{1,120}) is not a (function|constructor)\b/,
    (match, context) => notCallable(match[1]!, match[2]!, context),
  ],
  [
    /^(.{1,120}) is not iterable/,
    (match) => ({
      code: 'not-iterable',
      explain: `\`${match[1]}\` cannot be gone through item by item.`,
      hint: 'Arrays and typed arrays can; for a tensor, take `await tensor.data()` first.',
    }),
  ],
];

function explainMessage(name: string, message: string, context: ErrorContext): Explanation {
  for (const [pattern, build] of rules) {
    const match = pattern.exec(message);
    if (match) {
      const built = build(match, context);
      // The engine's own words stand below: a search for them finds help.
      return { ...built, elaborate: built.elaborate ?? `${name}: ${message}` };
    }
  }
  return {
    code: 'error',
    explain:
      name === 'Error' && message !== ''
        ? message
        : `${name}${message === '' ? '' : `: ${message}`}`,
  };
}

function notDefined(name: string, context: ErrorContext): Explanation {
  const home = Object.keys(context.modules).find((module) =>
    Object.hasOwn(context.modules[module]!, name),
  );
  const known = new Set([...context.known, ...standardNames]);
  const near = suggestName(name, known);
  const explain = `\`${name}\` is not defined.`;
  const code = 'not-defined';
  // A cell further up may import it; what it brings in is there once that cell has run.
  const above = 'If a cell above imports it, run that cell; otherwise import it here: ';
  if (name === 'tf')
    return { code, explain, hint: `${above}import * as tf from '@tensorflow/tfjs'.` };
  if (home !== undefined)
    return { code, explain, hint: `${above}import { ${name} } from '${home}'.` };
  if (near !== undefined) return { code, explain, hint: `Did you mean \`${near}\`?` };
  return {
    code,
    explain,
    hint: 'Declare it with `const` or `let`, or run the cell above that defines it.',
  };
}

const standardNames = [
  'Math',
  'console',
  'Number',
  'Array',
  'Object',
  'String',
  'Float32Array',
  'Float64Array',
  'Int8Array',
  'Uint8Array',
  'Int32Array',
  'Promise',
  'JSON',
  'Map',
  'Set',
  'undefined',
  'NaN',
  'Infinity',
];

function nothingThere(property: string | undefined, nothing: string): Explanation {
  return {
    code: 'undefined-value',
    explain: property
      ? `\`.${property}\` was asked of something that is ${nothing}.`
      : `Something that is ${nothing} was used as if it were an object.`,
    hint: 'Look at what stands before the dot: perhaps a function returned nothing, an index is past the end, or an `await` is missing.',
  };
}

function notCallable(expression: string, wanted: string, context: ErrorContext): Explanation {
  const code = `not-a-${wanted}`;
  const explain = `\`${expression}\` is not a ${wanted}, so it cannot be called${wanted === 'constructor' ? ' with `new`' : ''}.`;
  const member = /([\w$]+)\.([\w$]+)$/.exec(expression);
  const near = member && suggestName(member[2]!, membersOf(member[1]!, context));
  return {
    code,
    explain,
    hint: near
      ? `Did you mean \`${member[1]}.${near}\`?`
      : 'Look at how the name is spelt, and whether it holds what you think.',
  };
}

/** Functions of the namespace that readers know by this name. */
function membersOf(name: string, { modules }: ErrorContext): string[] {
  if (name === 'tf') return Object.keys(modules['@tensorflow/tfjs'] ?? {});
  if (name === 'Math') return Object.getOwnPropertyNames(Math);
  for (const module of Object.values(modules)) {
    const value = Object.hasOwn(module, name)
      ? (module as Record<string, unknown>)[name]
      : undefined;
    if (typeof value === 'object' && value !== null) return Object.keys(value);
  }
  return [];
}

function limit(data: ReaderErrorData): ReaderErrorData {
  const cut = (text: string): string =>
    text.length > caps.errorLength ? `${text.slice(0, caps.errorLength)}…` : text;
  return {
    ...data,
    explain: cut(data.explain),
    ...(data.elaborate === undefined ? {} : { elaborate: cut(data.elaborate) }),
    ...(data.hint === undefined ? {} : { hint: cut(data.hint) }),
  };
}
