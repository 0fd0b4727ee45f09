const layers = ['dense_1', 'dense_2', 'logits'];
for (const layer of layers) console.log(layer.length); // 7 / 7 / 6
for (const [i, layer] of layers.entries()) {
  if (i === 1) console.log(i, layer); // 1 dense_2
}
let sum = 0;
for (let i = 0; i < 10; i += 3) sum += i;
console.log(sum); // 18
let bits = 8;
while (bits > 4) bits -= 1;
console.log(bits); // 4
