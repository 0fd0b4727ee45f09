import { describe, expect, it } from 'vitest';
import { findFile, parseCatalogue } from '../../../src/runtime/files.ts';
import { ReaderError } from '../../../src/shared/reader-error.ts';

const sha256 = '0123456789abcdef'.repeat(4);

function catalogue() {
  return {
    version: 1,
    files: {
      'a-model': {
        kind: 'model',
        label: 'A model',
        bytes: 30,
        parts: [
          { url: 'models/a-model/model.json', bytes: 10, sha256 },
          { url: 'models/a-model/weights.bin', bytes: 20, sha256 },
        ],
      },
      'some-images': {
        kind: 'dataset',
        label: 'Some images',
        bytes: 9,
        count: 15,
        chunk: 10,
        rows: 2,
        cols: 2,
        parts: [
          { url: 'data/some-images-00.bin', bytes: 5, sha256 },
          { url: 'data/some-images-01.bin', bytes: 4, sha256 },
        ],
      },
    },
  };
}

function failure(act: () => unknown): ReaderError {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(ReaderError);
    return error as ReaderError;
  }
  throw new Error('Nothing was thrown.');
}

describe('parseCatalogue', () => {
  it('takes a catalogue as text or as an object', () => {
    expect(parseCatalogue(catalogue())).toEqual(catalogue());
    expect(parseCatalogue(JSON.stringify(catalogue()))).toEqual(catalogue());
  });

  it('drops what it does not know', () => {
    const extended = { ...catalogue(), more: 1 };
    expect(parseCatalogue(extended)).toEqual(catalogue());
  });

  it.each([
    'https://elsewhere.example/x.bin',
    '//elsewhere.example/x.bin',
    '/x.bin',
    '../x.bin',
    'models/../../x.bin',
    'models/%2e%2e/x.bin',
    'models\\x.bin',
    'x.bin?y',
    'javascript:x',
    'data:x',
    '',
    7,
  ])('refuses the address %j', (url) => {
    const json = catalogue();
    Object.assign(json.files['a-model'].parts[0]!, { url });
    const error = failure(() => parseCatalogue(json));
    expect(error.code).toBe('catalogue-damaged');
    expect(error.elaborate).toContain('a-model.parts[0].url must be a plain relative path');
  });

  it.each<[string, (json: ReturnType<typeof catalogue>) => void, string]>([
    ['version', (json) => (json.version = 2), 'version must be 1; it is 2'],
    [
      'a hash',
      (json) => (json.files['a-model'].parts[1]!.sha256 = 'ff'),
      'a-model.parts[1].sha256',
    ],
    [
      'a size of zero',
      (json) => (json.files['a-model'].parts[0]!.bytes = 0),
      'a-model.parts[0].bytes must be',
    ],
    [
      'a sum',
      (json) => (json.files['a-model'].bytes = 31),
      'must be the sum of its parts, 30; it is 31',
    ],
    [
      'a kind',
      (json) => (json.files['a-model'].kind = 'film'),
      'a-model.kind must be "model" or "dataset"',
    ],
    ['a label', (json) => (json.files['a-model'].label = ''), 'a-model.label must be text'],
    [
      'a number of parts',
      (json) => (json.files['some-images'].count = 21),
      'must have 3 parts of 10 images; it has 2',
    ],
    [
      'no parts',
      (json) => (json.files['some-images'].parts = []),
      'some-images.parts must be a list',
    ],
    [
      'an infinite count',
      (json) => (json.files['some-images'].count = Infinity),
      'some-images.count must be',
    ],
  ])('refuses %s that is wrong', (_, spoil, detail) => {
    const json = catalogue();
    spoil(json);
    const error = failure(() => parseCatalogue(json));
    expect(error.code).toBe('catalogue-damaged');
    expect(error.elaborate).toContain(detail);
  });

  it.each([
    ['<html>'],
    ['null'],
    ['[]'],
    [undefined],
    ['{"version":1}'],
    ['{"version":1,"files":{"Bad Name":{}}}'],
  ])('refuses %j', (json) => {
    expect(failure(() => parseCatalogue(json)).code).toBe('catalogue-damaged');
  });
});

describe('findFile', () => {
  const parsed = parseCatalogue(catalogue());

  it('finds a file of the kind asked for', () => {
    expect(findFile(parsed, 'some-images', 'dataset').chunk).toBe(10);
  });

  it('names what there is when the name or the kind is wrong', () => {
    expect(failure(() => findFile(parsed, 'lenet', 'model')).message).toBe(
      'The book has no model named "lenet". The models of the book: a-model.',
    );
    expect(failure(() => findFile(parsed, 'a-model', 'dataset')).message).toBe(
      '"a-model" is a model, not a dataset. The datasets of the book: some-images.',
    );
    expect(failure(() => findFile(parsed, 'constructor', 'model')).code).toBe('book-file-unknown');
  });
});
