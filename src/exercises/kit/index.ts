/** What `checks.ts` of an exercise imports as `heavy-weights/checks`. */
export { check, defineChecks } from './check.ts';
export type { Check, CheckTools } from './check.ts';
export {
  expectArrayClose,
  expectArrayEqual,
  expectClose,
  expectEqual,
  expectTrue,
  fail,
} from './expectations.ts';
export type { ArrayKind, Labelled, Tolerance, TypedArrayName } from './expectations.ts';
export { expectThrows } from './expect-throws.ts';
export type { ExpectThrowsOptions } from './expect-throws.ts';
export type { Answer, ReturnKind } from './returns.ts';
