import { ReaderError } from 'heavy-weights';
import { expect, it } from 'vitest';

it('joins what it has to say, and leaves out what it has not', () => {
  const all = new ReaderError({ code: 'c', explain: 'One.', elaborate: 'Two.', hint: 'Three.' });
  expect(all.message).toBe('One. Two. Three.');
  const some = new ReaderError({ code: 'c', explain: 'One.', hint: 'Three.' });
  expect(some.message).toBe('One. Three.');
  expect(some).toBeInstanceOf(Error);
  expect(some.name).toBe('ReaderError');
});

it('goes to plain data and back', () => {
  const data = { code: 'c', explain: 'One.', elaborate: 'Two.', location: { line: 3, column: 4 } };
  const plain = structuredClone(new ReaderError(data).toData());
  expect(plain).toEqual(data);
  expect(new ReaderError(plain).toData()).toEqual(data);
  expect(Object.keys(new ReaderError({ code: 'c', explain: 'One.' }).toData())).toEqual([
    'code',
    'explain',
  ]);
});
