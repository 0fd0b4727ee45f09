import { evaluation } from 'heavy-weights';

type Data = 'nothing' | 'specimens' | 'labels';

/** Something that can be done to a model, with what was measured of it. */
export interface Way {
  name: string;
  /** Hours of somebody’s time. */
  trouble: number;
  needs: Data;
  /** Whether the file computes in floats. */
  floats: boolean;
  flash: number;
  ram: number;
  correct: number;
  tested: number;
}

export interface Project {
  has: Data;
  integersOnly: boolean;
  flash: number;
  ram: number;
  /** Accuracy to be kept, 0 … 1. */
  contract: number;
}

export interface Plan {
  choice: string | null;
  order: string[];
  wanting: string[];
}

/**
 * What to try, the least trouble first.
 *
 * @param ways in any order
 * @param project what there is, and what is asked
 * @returns the choice, the order of all that are open and fit, and those that want more test images
 */
export function whatToTry(ways: Way[], project: Project): Plan {
  for (const { name, correct, tested } of ways)
    console.log(name, evaluation.wilsonInterval(correct, tested).low, 'of', project.contract);
  return { choice: null, order: [], wanting: [] };
}

const fewer = { trouble: 20, needs: 'labels', floats: false, flash: 49_976, ram: 14_000 } as const;
const ways: Way[] = [
  { name: 'fewer channels', ...fewer, correct: 199, tested: 200 },
  { name: 'tested in full', ...fewer, trouble: 21, correct: 9926, tested: 10_000 },
];
const device = { integersOnly: true, flash: 262_144, ram: 65_536 };
console.log(
  whatToTry(ways, { ...device, has: 'labels', contract: 0.985 }),
  "('tested in full' expected)",
);
