const scaleOf = (max: number, bits = 8): number => max / (2 ** (bits - 1) - 1);
console.log(scaleOf(1.27), scaleOf(7, 4)); // 0.01 1

// Named arguments are one object, taken apart in the brackets.
function clampTo(x: number, { min = -127, max = 127 } = {}): number {
  return Math.min(Math.max(x, min), max);
}
console.log(clampTo(-300), clampTo(300, { max: 255 })); // -127 255

const both = (q: number): [number, number] => [q * 0.5, q % 2];
const [value, odd] = both(7);
console.log(value, odd); // 3.5 1
