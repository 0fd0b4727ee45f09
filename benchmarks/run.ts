/** `npm run bench`: the engine beside its peers in one run; ratios first, then the same as JSON. */
import { numericsBenchmarks } from './numerics.bench.ts';

const results = await numericsBenchmarks();

for (const { name, standings } of results) {
  console.log(`\n${name}`);
  for (const { name: contender, nanosecondsPerElement, timesOurs } of standings) {
    const time = `${nanosecondsPerElement.toFixed(2)} ns an element`;
    console.log(`  ${contender.padEnd(40)} ${time.padEnd(26)} ${timesOurs.toFixed(2)} × ours`);
  }
}
console.log(`\n${JSON.stringify({ node: process.version, results })}`);
