import { Interpreter } from 'heavy-weights';
import { openTrial } from 'heavy-weights/book';

const asked = 1000;
const { file } = await openTrial();
const trial = new Interpreter(file);
trial.allocateTensors();
const source = trial.getInputDetails()[0]!.index;
const target = trial.getOutputDetails()[0]!.index;

const inTrial: number[] = [];
for (let i = 0; i < asked; i++) {
  trial.setTensor(source, cards.images.subarray(i * 784, (i + 1) * 784));
  trial.invoke();
  const scores = trial.getTensor(target) as Float32Array;
  inTrial.push(scores.indexOf(Math.max(...scores)));
  if (i % 50 === 49) progress(i + 1, asked, 'the trial file reads');
}
const inLight = readingsOf(light, 'the light reader').slice(0, asked);

const { low, high } = evaluation.wilsonInterval(countRight(inTrial), asked);
console.log(`The trial file reads ${countRight(inTrial)} of ${asked}: between ${percent(low)} and ${percent(high)}.`);
console.log(`The light reader, in float, reads ${countRight(inLight)} of the same.`);

const { onlyFirst, onlySecond, pValue } = evaluation.mcNemar(inLight, inTrial, written.slice(0, asked));
console.log(`Lost ${onlyFirst}, gained ${onlySecond}: p = ${pValue.toPrecision(3)}.`);

const taken = Array.from({ length: 10 }, () => new Array<number>(10).fill(0));
inTrial.forEach((reading, i) => {
  if (reading !== written[i]) taken[written[i]!]![reading]! += 1;
});
display.heatmap(taken, { title: 'The mistakes of the trial file: written, downwards; read, across' });
display.table(
  taken.map((row, digit) => ({
    figure: digit,
    'written, and not read': row.reduce((sum, count) => sum + count, 0),
    'read, and not written': taken.reduce((sum, other) => sum + other[digit]!, 0),
  })),
  { title: 'Which figures it misses, and which it sees too often' },
);
