console.log([10, 9, 1].sort()); // [ 1, 10, 9 ]
console.log([10, 9, 1].sort((a, b) => a - b)); // [ 1, 9, 10 ]
const empty: number[] = [];
console.log(empty ? 'an empty array counts as true' : ''); // an empty array counts as true
const one = [1, 2];
const other = [1, 2];
console.log(one === other, String(one) === String(other)); // false true
console.log([1, 2, 3][7]); // undefined
const masked = [1, 0, undefined].map((bit) => bit ?? 9); // only what is missing
console.log(masked); // [ 1, 0, 9 ]
for (const key in [7, 7]) console.log(typeof key); // string / string
const fixed = [1, 2];
fixed[0] = 5; // const keeps the name, not what is in it
console.log(fixed); // [ 5, 2 ]
