import type { LateRule, Policy } from '../../schemas/assignment.ts';
import type { Draft } from './draft.ts';
import { fromLocalField, toLocalField } from './local-time.ts';

/** How one control of the form reads from a draft and writes to it. A text that means nothing changes nothing. */
export interface DraftField {
  get: (draft: Draft) => string;
  set: (draft: Draft, value: string) => Draft;
}

/** A number within bounds; undefined for what is none. */
const within = (text: string, least: number, most: number, whole = true): number | undefined => {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value)) return undefined;
  const held = Math.min(most, Math.max(least, value));
  return whole ? Math.round(held) : held;
};

const DEDUCTION = { kind: 'deduct', percentPerDay: 10, mostDays: 7 } as const;

const lateRule = (kind: string, old: LateRule): LateRule => {
  if (kind === old.kind) return old;
  if (kind === 'deduct') return { ...DEDUCTION };
  return { kind: kind === 'refuse' ? 'refuse' : 'accept' };
};

const choice = <K extends 'hints' | 'solution'>(
  key: K,
  known: readonly Policy[K][],
): DraftField => ({
  get: ({ policy }) => policy[key],
  set: (draft, value) => {
    const chosen = known.find((each) => each === value);
    return chosen === undefined ? draft : { ...draft, policy: { ...draft.policy, [key]: chosen } };
  },
});

const time = (key: 'opens' | 'due'): DraftField => ({
  get: (draft) => toLocalField(draft[key]),
  set: (draft, value) => {
    const { opens, due, ...rest } = draft;
    const times = { opens, due, [key]: fromLocalField(value) };
    return {
      ...rest,
      ...(times.opens === undefined ? {} : { opens: times.opens }),
      ...(times.due === undefined ? {} : { due: times.due }),
    };
  },
});

const deduction = (
  key: 'percentPerDay' | 'mostDays',
  least: number,
  most: number,
  whole: boolean,
): DraftField => ({
  get: ({ late }) => String((late.kind === 'deduct' ? late : DEDUCTION)[key]),
  set: (draft, value) => {
    const number = within(value, least, most, whole);
    if (number === undefined || draft.late.kind !== 'deduct') return draft;
    return { ...draft, late: { ...draft.late, [key]: number } };
  },
});

const policyNumber = (key: 'hintCost' | 'attempts', most: number): DraftField => ({
  get: ({ policy }) => String(policy[key]),
  set: (draft, value) => {
    const number = within(value, 0, most);
    return number === undefined ? draft : { ...draft, policy: { ...draft.policy, [key]: number } };
  },
});

/** The plain controls of the form, by the name in their `data-field`. */
export const draftFields: Readonly<Record<string, DraftField>> = {
  title: {
    get: ({ title }) => title,
    set: (draft, value) => ({ ...draft, title: value.slice(0, 200) }),
  },
  instructions: {
    get: ({ instructions }) => instructions,
    set: (draft, value) => ({ ...draft, instructions: value.slice(0, 20_000) }),
  },
  opens: time('opens'),
  due: time('due'),
  graceMinutes: {
    get: ({ graceMinutes }) => String(graceMinutes),
    set: (draft, value) => ({
      ...draft,
      graceMinutes: within(value, 0, 10_080) ?? draft.graceMinutes,
    }),
  },
  late: {
    get: ({ late }) => late.kind,
    set: (draft, value) => ({ ...draft, late: lateRule(value, draft.late) }),
  },
  percentPerDay: deduction('percentPerDay', 0.1, 100, false),
  mostDays: deduction('mostDays', 1, 60, true),
  hints: choice('hints', ['free', 'cost', 'none']),
  hintCost: policyNumber('hintCost', 100),
  solution: choice('solution', ['never', 'after-due', 'after-pass', 'always']),
  attempts: policyNumber('attempts', 1_000),
  variants: {
    get: ({ variants }) => (variants ? 'on' : ''),
    set: (draft, value) => ({ ...draft, variants: value !== '' }),
  },
};
