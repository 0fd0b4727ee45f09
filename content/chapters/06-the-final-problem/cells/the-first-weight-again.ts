const retired = await openModel('lenet-300-100');
const layer = retired.getLayer('logits').getWeights()[0].dataSync() as Float32Array;

const scale = layer.reduce((most, w) => Math.max(most, Math.abs(w)), 0) / 127;
const code = Math.round(layer[0] / scale);
const corks = (number: number, count: number) => (number >>> 0).toString(2).padStart(32, '0').slice(-count);

console.log(`${corks(new Uint32Array(layer.buffer, layer.byteOffset, 1)[0], 32)} ${layer[0].toFixed(6)}`);
console.log(`${corks(code, 8)} ${code}, which is ${(code * scale).toFixed(6)}`);
