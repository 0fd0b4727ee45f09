import { describe, expect, it } from 'vitest';
import { expectWithin, loadGroups, loadReference, type Coverage } from './load-cases.ts';

/** Where a committed file was copied from: the whole file, or some of its groups. */
export interface Origin {
  file: string;
  /** Only the groups whose function name starts with one of these. */
  only?: readonly string[];
}

/** Puts every case of a golden file to the engine, and says how many that were. */
export function goldenSuite(file: string, origins: readonly Origin[], coverage: Coverage): void {
  const groups = loadGroups(file);
  let run = 0;
  let skipped = 0;

  describe(file, () => {
    it('answers each group or says why not, and names its source', () => {
      const named = [...Object.keys(coverage.answered), ...Object.keys(coverage.notCovered)];
      expect(groups.map((group) => group.function).sort()).toEqual(named.sort());
      for (const group of groups) expect(group.source).toMatch(/@[0-9a-f]{40}/);
      for (const [name, reason] of Object.entries(coverage.notCovered)) {
        console.log(`golden ${file}: not covered: ${name}: ${reason}`);
      }
    });

    for (const group of groups) {
      const answered = coverage.answered[group.function];
      if (answered === undefined) continue;
      describe(group.function, () => {
        group.cases.forEach((golden, index) => {
          const reason = answered.skip?.(golden);
          if (reason !== undefined) {
            skipped++;
            console.log(`golden ${file}: skipped ${group.function} #${index}: ${reason}`);
            it.skip(`case ${index}: ${reason}`);
            return;
          }
          it(`case ${index} ${JSON.stringify(golden.inputs).slice(0, 80)}`, () => {
            run++;
            const actual = answered.answer(golden.inputs as never, golden);
            expectWithin(actual, golden.expected, answered.integers ? 0 : golden.tolerance);
          });
        });
      });
    }

    it('has run its cases', (context) => {
      console.log(`golden ${file}: ${run} cases run, ${skipped} skipped`);
      // Cases on models that are not here are all skipped; a file without cases fails.
      if (run === 0 && skipped > 0) context.skip('none of its models is here');
      expect(run).toBeGreaterThan(0);
      const total = groups
        .filter((group) => group.function in coverage.answered)
        .reduce((sum, group) => sum + group.cases.length, 0);
      expect(run + skipped).toBe(total);
    });

    it('is the reference files, unchanged', (context) => {
      const reference = [];
      for (const origin of origins) {
        const original = loadReference(origin.file);
        if (original === undefined) {
          const notice = `reference ${origin.file} is not here; the committed copy was used`;
          console.log(`golden ${file}: skipped the comparison: ${notice}`);
          context.skip(notice);
          return;
        }
        const wanted = ({ function: name }: { function: string }) =>
          origin.only?.some((start) => name.startsWith(start)) ?? true;
        reference.push(...original.filter(wanted));
      }
      expect(groups).toEqual(reference);
    });
  });
}
