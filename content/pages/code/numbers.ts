console.log(7 / 2, -7 / 2); // 3.5 -3.5
console.log(Math.floor(-7 / 2), Math.trunc(-7 / 2)); // -4 -3
console.log(-7 % 4); // -3
console.log(((-7 % 4) + 4) % 4); // 1
console.log(2 ** 10, Math.abs(-3), Math.sqrt(9)); // 1024 3 3
console.log(Math.round(2.5), Math.round(-2.5)); // 3 -2
console.log(Math.fround(0.1)); // 0.10000000149011612
console.log(1 << 31, (1 << 31) >>> 0); // -2147483648 2147483648
console.log(0.1 + 0.2 === 0.3); // false
console.log((1 / 3).toFixed(4)); // 0.3333
console.log(`${(0.98125 * 100).toFixed(1)}%`); // 98.1%
