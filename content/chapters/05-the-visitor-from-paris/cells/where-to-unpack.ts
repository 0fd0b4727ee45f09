const RAM = 64 * 1024;
const first = packed.report.find(({ layer }) => layer === 'dense_1')!;
const book = 4 * first.codebook;

// What the first layer takes where it lies, what RAM it takes to use it, and who can.
const forms = [
  { form: 'int8', lies: first.weights, ram: 0, reader: 'any interpreter' },
  { form: 'values and gaps', lies: first.bytesFixed, ram: book, reader: 'a kernel that follows gaps' },
  {
    form: 'Huffman, unpacked first',
    lies: first.bytesHuffman,
    ram: first.weights,
    reader: 'any interpreter, afterwards',
  },
  {
    form: 'Huffman, word by word',
    lies: first.bytesHuffman,
    ram: 2 * book, // values, and the words that stand for them
    reader: 'a kernel that decodes as it multiplies',
  },
];
display.table(
  forms.map(({ form, lies, ram, reader }) => ({
    form,
    'bytes in the flash': lies,
    'RAM to unpack': ram,
    'into 64 KB': ram <= RAM ? 'it goes' : 'it does not',
    'who can read it': reader,
  })),
  { title: 'dense_1 of the retired model, where it lies' },
);
