import { ReaderError } from '../../shared/reader-error.ts';
import { suggestName } from './suggest.ts';
import type { ImportedName } from './compiled-module.ts';

/** What can be imported, by specifier. */
export type ModuleRegistry = Record<string, object>;

const forms: Record<string, string> = {
  'heavy-weights': "import { numerics } from 'heavy-weights'",
  '@tensorflow/tfjs': "import * as tf from '@tensorflow/tfjs'",
};

/** @throws {ReaderError} `unknown-module` with the modules there are. */
export function findModule(modules: ModuleRegistry, specifier: string, line?: number): object {
  if (Object.hasOwn(modules, specifier)) return modules[specifier]!;
  const near = suggestName(specifier, Object.keys(modules));
  throw new ReaderError({
    code: 'unknown-module',
    explain: `There is no module '${specifier}' here.`,
    elaborate: `Code in the book can import ${list(Object.keys(modules).map((name) => `'${name}'`))}.`,
    ...(near === undefined ? {} : { hint: `Did you mean '${near}'?` }),
    ...(line === undefined ? {} : { location: { line } }),
  });
}

/** @throws {ReaderError} `unknown-export` with the nearest name there is. */
export function resolveImport(modules: ModuleRegistry, wanted: ImportedName): unknown {
  const module = findModule(modules, wanted.module, wanted.line) as Record<string, unknown>;
  if (wanted.imported === '*') return module;
  if (Object.hasOwn(module, wanted.imported)) return module[wanted.imported];
  // Without types nobody asks for it: it was an interface or a type alias.
  if (!wanted.used) return undefined;
  const names = Object.keys(module).sort();
  const near = suggestName(wanted.imported, names);
  const form = forms[wanted.module];
  throw new ReaderError({
    code: 'unknown-export',
    explain:
      wanted.imported === 'default'
        ? `'${wanted.module}' has no default export.`
        : `'${wanted.module}' exports nothing named \`${wanted.imported}\`.`,
    elaborate:
      names.length <= 20 ? `It exports ${list(names.map((name) => `\`${name}\``))}.` : undefined,
    hint:
      near !== undefined ? `Did you mean \`${near}\`?` : form && `Import it like this: ${form}.`,
    location: { line: wanted.line },
  });
}

function list(items: string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
