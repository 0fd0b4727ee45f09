/** Every number that the prose may call by name. */
import { formatNumber, type NumberFormat } from './format-number.ts';
import type { ComputedEntry } from './values/entry.ts';

/** Every export of `values/` whose name ends in `Values`. */
const modules = import.meta.glob<Record<string, unknown>>('./values/*.ts', { eager: true });
const REGISTRY: ReadonlyMap<string, ComputedEntry> = collect(
  Object.values(modules).flatMap((module) =>
    Object.entries(module).flatMap(([name, value]) =>
      name.endsWith('Values') ? [value as Record<string, ComputedEntry>] : [],
    ),
  ),
);
const texts = new Map<string, number | string>();

/** The names that {@link computedText} knows. */
export function computedIds(): string[] {
  return [...REGISTRY.keys()];
}

/** The value behind a name: a number, or a text already written out. Each is computed once a build. */
export function computedValue(id: string, where?: string): number | string {
  const entry = REGISTRY.get(id);
  if (!entry) {
    throw new Error(
      `${where ?? 'A page'} asks for the computed value “${id}”, which no file of src/components/Computed/values/ has. ` +
        `Nearest names: ${nearest(id).join(', ')}.`,
    );
  }
  let value = texts.get(id);
  if (value === undefined) {
    value = entry.value();
    texts.set(id, value);
  }
  return value;
}

/**
 * The value as the prose prints it.
 *
 * @throws Error naming the page, if the registry has no such name or the value cannot be written so.
 */
export function computedText(
  id: string,
  options: { as?: NumberFormat | undefined; where?: string } = {},
): string {
  const value = computedValue(id, options.where);
  if (typeof value === 'string') return value;
  try {
    return formatNumber(value, options.as ?? REGISTRY.get(id)?.as ?? 'integer');
  } catch (error) {
    throw new Error(`${options.where ?? 'A page'}: “${id}” cannot be written out.`, {
      cause: error,
    });
  }
}

function collect(parts: Record<string, ComputedEntry>[]): Map<string, ComputedEntry> {
  const all = new Map<string, ComputedEntry>();
  for (const [id, entry] of parts.flatMap((part) => Object.entries(part))) {
    if (all.has(id)) throw new Error(`The computed value “${id}” is defined twice.`);
    all.set(id, entry);
  }
  return all;
}

/** Names that share the beginning or the end of the one asked for. */
function nearest(id: string): string[] {
  const head = id.split('.')[0] ?? id;
  const tail = id.split('.').at(-1) ?? id;
  const close = computedIds().filter((name) => name.startsWith(head) || name.endsWith(tail));
  return (close.length > 0 ? close : computedIds()).slice(0, 8);
}
