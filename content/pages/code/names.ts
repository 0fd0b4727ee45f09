const bits = 8; // never assigned again
let codes = 1; // may be
for (let bit = 0; bit < bits; bit++) codes *= 2;
console.log(codes); // 256

// Types are found out; only arguments want to be told theirs.
function bytesOf(parameters: number, width: number): number {
  return (parameters * width) / 8;
}
console.log(bytesOf(266610, bits)); // 266610
