/** `npm run bench`: the engine beside its peers in one run; ratios first, then the same as JSON. */
import { compressionBenchmarks } from './compression.bench.ts';
import { integerKernelBenchmarks } from './integer-kernels.bench.ts';
import { numericsBenchmarks } from './numerics.bench.ts';
import { trainingBenchmarks } from './training.bench.ts';

const results = [
  ...(await numericsBenchmarks()),
  ...(await integerKernelBenchmarks()),
  ...(await compressionBenchmarks()),
  ...(await trainingBenchmarks()),
];
for (const { name, standings } of results) {
  console.log(`\n${name}`);
  for (const { name: contender, nanosecondsPerElement, timesOurs } of standings) {
    const time = timeText(nanosecondsPerElement);
    console.log(`  ${contender.padEnd(40)} ${time.padEnd(26)} ${timesOurs.toFixed(2)} × ours`);
  }
}
console.log(`\n${JSON.stringify({ node: process.version, results })}`);

function timeText(nanoseconds: number): string {
  return nanoseconds < 1e5
    ? `${nanoseconds.toFixed(2)} ns an element`
    : `${(nanoseconds / 1e6).toFixed(2)} ms an element`;
}
