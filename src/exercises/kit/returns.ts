import { formatValue, isTensor } from '../format-value.ts';
import type { TensorLike } from '../format-value.ts';
import { CheckFailure } from './check-failure.ts';
import { isArrayLike } from './compare.ts';
import type { TypedArrayName } from './expectations.ts';

/**
 * What a call must return: a kind by name, an object of kinds, or `[kind]` for an array of that kind.
 *
 * `number` takes NaN and infinities too; `numbers` is an array or typed array of numbers.
 */
export type ReturnKind =
  | 'number'
  | 'integer'
  | 'boolean'
  | 'string'
  | 'numbers'
  | 'tensor'
  | TypedArrayName
  | { [key: string]: ReturnKind }
  | [ReturnKind];

/** The TypeScript type of a value of a kind. */
export type Answer<K> = K extends 'number' | 'integer'
  ? number
  : K extends 'boolean'
    ? boolean
    : K extends 'string'
      ? string
      : K extends 'numbers' | TypedArrayName
        ? ArrayLike<number>
        : K extends 'tensor'
          ? TensorLike
          : K extends [infer Item]
            ? Answer<Item>[]
            : K extends object
              ? { -readonly [Key in keyof K]: Answer<K[Key]> }
              : never;

const wordings: Record<string, string> = {
  number: 'a number',
  integer: 'an integer',
  boolean: 'true or false',
  string: 'a string',
  numbers: 'an array of numbers',
  tensor: 'a tensor',
};

/** A kind in words: `an object with scale (a number) and zeroPoint (an integer)`. */
export function describeKind(kind: ReturnKind): string {
  if (typeof kind === 'string')
    return wordings[kind] ?? `an ${kind}`.replace(/^an (?=[^AEIOU])/, 'a ');
  if (Array.isArray(kind)) return `an array, each element ${describeKind(kind[0])}`;
  const parts = Object.entries(kind).map(([key, part]) => `${key} (${describeKind(part)})`);
  const last = parts.pop();
  return `an object with ${parts.length === 0 ? '' : `${parts.join(', ')} and `}${last}`;
}

/** Fails the check, naming the function and the kind, unless the value is of the kind. */
export function requireKind(name: string, value: unknown, kind: ReturnKind): void {
  const wrong = findWrong(value, kind, '');
  if (wrong === undefined) return;
  const where = wrong.path === '' ? 'it returned' : `${wrong.path} of what it returned is`;
  const seen = wrong.missing ? 'missing' : formatValue(wrong.value);
  throw new CheckFailure(`${name} should return ${describeKind(kind)}; ${where} ${seen}.`, {
    got: formatValue(value),
    expected: describeKind(kind),
  });
}

interface Wrong {
  path: string;
  value: unknown;
  missing?: boolean;
}

function findWrong(value: unknown, kind: ReturnKind, path: string): Wrong | undefined {
  if (typeof kind === 'string') return isOfKind(value, kind) ? undefined : { path, value };
  if (Array.isArray(kind)) {
    if (!Array.isArray(value)) return { path, value };
    return firstWrong(value.map((item, i) => findWrong(item, kind[0], `${path}[${i}]`)));
  }
  if (typeof value !== 'object' || value === null || isArrayLike(value)) return { path, value };
  return firstWrong(
    Object.entries(kind).map(([key, part]) => {
      const inner = path === '' ? key : `${path}.${key}`;
      if (!Object.hasOwn(value, key)) return { path: inner, value: undefined, missing: true };
      return findWrong(value[key as keyof typeof value], part, inner);
    }),
  );
}

function firstWrong(found: (Wrong | undefined)[]): Wrong | undefined {
  return found.find((wrong) => wrong !== undefined);
}

function isOfKind(value: unknown, kind: string): boolean {
  switch (kind) {
    case 'number':
    case 'boolean':
    case 'string':
      return typeof value === kind;
    case 'integer':
      return Number.isInteger(value);
    case 'numbers':
      return isArrayLike(value) && Array.from(value).every((item) => typeof item === 'number');
    case 'tensor':
      return isTensor(value);
    default:
      return ArrayBuffer.isView(value) && value.constructor.name === kind;
  }
}
