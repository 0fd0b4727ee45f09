const params = { scale: 0.02, zeroPoint: -128 };
const { scale, zeroPoint: z } = params;
console.log(scale, z); // 0.02 -128
console.log({ ...params, scale: 0.5 }); // { scale: 0.5, zeroPoint: -128 }
console.log(Object.keys(params)); // [ 'scale', 'zeroPoint' ]
console.log('scale' in params); // true

const counts = new Map<number, number>();
for (const code of [3, 1, 3]) counts.set(code, (counts.get(code) ?? 0) + 1);
console.log(counts.get(3), counts.size); // 2 2

// The shape of an object, when you want to say it:
interface Layer {
  name: string;
  bytes?: number; // may be missing
}
const layer: Layer = { name: 'logits' };
console.log(layer.bytes); // undefined
