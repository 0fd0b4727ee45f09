const STEP = 0.1; // ms; what a page is given that is not kept apart
const coarse = () => Math.floor(performance.now() / STEP) * STEP;

const left = new Float32Array(500).fill(0.5);
const right = new Float32Array(500).fill(2);
// What is never looked at need not be computed, and a clever translator
// leaves it out.
let kept = 0;
/** One unit of a dense layer: five hundred products. */
const unit = () => {
  let sum = 0;
  for (let i = 0; i < 500; i++) sum += left[i]! * right[i]!;
  kept = sum;
};

let zeros = 0;
for (let i = 0; i < 1000; i++) {
  const start = coarse();
  unit();
  if (coarse() - start < STEP / 2) zeros += 1;
}
console.log(`A thousand calls, timed singly: ${zeros} took no time at all.`);

const groups = [];
for (const together of [1, 10, 100, 1000, 10_000, 100_000]) {
  const start = coarse();
  for (let i = 0; i < together; i++) unit();
  const time = coarse() - start;
  groups.push({
    'calls together': together,
    'all of them, ms': time.toFixed(1),
    'one, µs': ((1000 * time) / together).toFixed(3),
    'the clock is off by at most, µs': ((1000 * STEP) / together).toFixed(3),
  });
}
display.table(groups, {
  title: 'One unit, by a clock of a tenth of a millisecond',
});

const found = await evaluation.benchmark(unit, { now: coarse });
console.log(
  `The engine finds steps of ${found.clockStep.toFixed(2)} ms, ` +
    `times ${found.callsPerRun} calls together, ` +
    `and gives ${(1000 * found.median).toFixed(3)} µs for one.`,
);
console.log(`And the sum, for the record, is ${kept}.`);
