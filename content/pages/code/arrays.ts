const units = [784, 300, 100];
units.push(10);
console.log(units.length); // 4
console.log(units[0], units.at(-1)); // 784 10
console.log(units.slice(1, 3)); // [ 300, 100 ]
console.log(units.map((n) => n / 2)); // [ 392, 150, 50, 5 ]
console.log(units.filter((n) => n > 99)); // [ 784, 300, 100 ]
console.log(units.reduce((sum, n) => sum + n, 0)); // 1194
console.log(units.includes(300)); // true
console.log([...units, 1]); // [ 784, 300, 100, 10, 1 ]
console.log(Array.from({ length: 4 }, (_, i) => i * i)); // [ 0, 1, 4, 9 ]
