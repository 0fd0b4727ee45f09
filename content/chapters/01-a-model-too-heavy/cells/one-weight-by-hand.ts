import { openModel } from 'heavy-weights/book';

const model = await openModel('lenet-300-100');
const weightsOf = (layer: string) => model.getLayer(layer).getWeights()[0].dataSync() as Float32Array;

const weights = weightsOf('logits');
let largest = 0;
for (const w of weights) largest = Math.max(largest, Math.abs(w));

const scale = largest / 127;
const weight = weights[0];
const notches = weight / scale; // how far from zero, in notches
const nearest = Math.sign(notches) * Math.round(Math.abs(notches)); // halves away from zero
const code = Math.max(-127, Math.min(127, nearest));
const restored = code * scale;

console.log(`largest size ${largest.toFixed(4)}, so one notch is ${scale.toFixed(6)}`);
console.log(`${weight.toFixed(6)} is ${notches.toFixed(3)} notches from zero: code ${code}`);
console.log(`code ${code} stands for ${restored.toFixed(6)}`);
console.log(`error ${Math.abs(weight - restored).toExponential(2)}, half a notch ${(scale / 2).toExponential(2)}`);
