const weights = Float32Array.of(0.1, -0.5, 2);
console.log(weights.length); // 3
console.log(weights[0] === 0.1); // false
console.log(weights.map((w) => w * 2)[1]); // -1
const q = new Int8Array(3); // zeros
q[0] = 127.9; // the fraction goes
q[1] = 200; // wraps round, without a word
console.log(q.join(' ')); // 127 -56 0
const half = weights.subarray(0, 2); // a view
half[1] = 7;
console.log(weights[1]); // 7
console.log(Array.from(q, (code) => code / 2)); // [ 63.5, -28, 0 ]
