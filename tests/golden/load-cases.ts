import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** One case of a golden file. */
export interface GoldenCase {
  name?: string;
  inputs: Record<string, unknown>;
  expected: unknown;
  tolerance: number;
}

/** Cases of one reference function, with where they come from. */
export interface GoldenGroup {
  source: string;
  function: string;
  cases: GoldenCase[];
}

/** Answers a case with what the engine gives, in the form of the case's `expected`. */
export type Answer = (inputs: never, golden: GoldenCase) => unknown;

/** Why a case is not put to the engine; undefined when it is. */
export type Skip = (golden: GoldenCase) => string | undefined;

/** How the groups of one file are answered: every group is in exactly one of the two. */
export interface Coverage {
  /** `integers`: the results are integers and compared exactly, whatever tolerance the file allows. */
  answered: Record<string, { answer: Answer; skip?: Skip; integers?: true }>;
  /** Group name → why the engine has no such function. */
  notCovered: Record<string, string>;
}

const here = new URL('./', import.meta.url);
/** Where the reference files stand beside the repository in some workshops. */
const referenceFolder = new URL('../../../shared/golden/', import.meta.url);

/** Reads a committed golden file of this folder. */
export function loadGroups(file: string): GoldenGroup[] {
  return JSON.parse(readFileSync(new URL(file, here), 'utf8')) as GoldenGroup[];
}

/** The groups of the reference file, or undefined where it is not to be had. */
export function loadReference(file: string): GoldenGroup[] | undefined {
  const url = new URL(file, referenceFolder);
  return existsSync(url) ? (JSON.parse(readFileSync(url, 'utf8')) as GoldenGroup[]) : undefined;
}

/** Compares at a tolerance: numbers, lists and records; 0 means the same integer, list or text. */
export function expectWithin(actual: unknown, expected: unknown, tolerance: number): void {
  if (typeof expected === 'number') {
    expect(actual).toBeTypeOf('number');
    if (tolerance === 0) expect(actual).toBe(expected);
    else expect(Math.abs((actual as number) - expected)).toBeLessThanOrEqual(tolerance);
    return;
  }
  if (expected === null || typeof expected !== 'object') {
    expect(actual).toEqual(expected);
    return;
  }
  const given = actual as Record<string, unknown>;
  if (Array.isArray(expected)) expect(given['length']).toBe(expected.length);
  for (const [key, value] of Object.entries(expected)) {
    // A remark of the file, not a result.
    if (key === 'note') continue;
    // Integers stay exact in a case whose tolerance is meant for its real numbers.
    const exact = key === 'q' || key === 'zero_point';
    expectWithin(given[key], value, exact ? 0 : tolerance);
  }
}
