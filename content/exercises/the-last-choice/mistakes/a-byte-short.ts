/**
 * Refuses what fills the memory to the last byte.
 *
 * @fails fits
 * @advice A budget may be used up. Less than or equal.
 */
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

const AMOUNTS: readonly Data[] = ['nothing', 'specimens', 'labels'];

/**
 * What to try, the least trouble first.
 *
 * @param ways in any order
 * @param project what there is, and what is asked
 * @returns the choice, the order of all that are open and fit, and those that want more test images
 */
export function whatToTry(ways: Way[], project: Project): Plan {
  const open = ways
    .filter(({ needs }) => AMOUNTS.indexOf(needs) <= AMOUNTS.indexOf(project.has))
    .filter(({ floats }) => !(floats && project.integersOnly))
    .filter(({ flash, ram }) => flash < project.flash && ram < project.ram)
    .sort((a, b) => a.trouble - b.trouble || a.flash - b.flash);
  const safe = ({ correct, tested }: Way): boolean =>
    evaluation.wilsonInterval(correct, tested).low >= project.contract;
  return {
    choice: open.find(safe)?.name ?? null,
    order: open.map(({ name }) => name),
    wanting: open
      .filter((way) => way.correct / way.tested >= project.contract && !safe(way))
      .map(({ name }) => name),
  };
}
