/** Reads words one bit at a time: nobody can know where the next begins before this one ends. */
function readWords(stream: string): number[] {
  const symbolOf = new Map(words.map((word, symbol) => [word, symbol]));
  const found: number[] = [];
  let word = '';
  for (const bit of stream) {
    word += bit;
    const symbol = symbolOf.get(word);
    if (symbol === undefined) continue;
    found.push(symbol);
    word = '';
  }
  return found;
}

const stream = symbols.map((symbol) => words[symbol]!).join('');
console.log(`${stream.slice(0, 40)}… has ${stream.length} bits.`);
console.log(`It begins with the words ${symbols.slice(0, 8).map((s) => words[s]).join(' ')} …`);
const same = readWords(stream).every((symbol, i) => symbol === symbols[i]);
console.log(`Read back, all ${symbols.length} weights are as they were: ${same}.`);

const rows = [0, 100, 200, 300, 400].map((place) => {
  const flipped = stream[place] === '0' ? '1' : '0';
  const wrong = readWords(stream.slice(0, place) + flipped + stream.slice(place + 1));
  const differing = symbols.filter((symbol, i) => wrong[i] !== symbol).length;
  return { 'bit turned over': place, 'weights read': wrong.length, 'in their place, wrong': differing };
});
display.table(rows, { title: `One bit in ${stream.length}, of ${symbols.length} weights` });
