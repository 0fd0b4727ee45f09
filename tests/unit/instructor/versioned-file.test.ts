import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readVersioned, type FileKind } from '../../../src/instructor/versioned-file.ts';
import { ReaderError } from '../../../src/shared/reader-error.ts';
import { codeOf } from './example-assignment.ts';

const schema = z.object({
  format: z.literal('a-box'),
  version: z.literal(3),
  size: z.number(),
  unit: z.string(),
});

/** Version 1 had no unit; version 2 measured in inches. */
const kind: FileKind<z.infer<typeof schema>> = {
  what: 'box',
  code: 'box',
  format: 'a-box',
  version: 3,
  most: 500,
  schema,
  steps: {
    1: (old) => {
      if (typeof old['size'] !== 'number') throw new TypeError('it has no size');
      old['unit'] = 'inch';
      return old;
    },
    2: (old) => ({ ...old, size: (old['size'] as number) * 25.4, unit: 'mm' }),
  },
  hint: 'Pack it again.',
};

const read = (value: unknown) => readVersioned(JSON.stringify(value), kind);

describe('files with a version', () => {
  it('are read as they are if they are of this version', () => {
    const box = { format: 'a-box', version: 3, size: 4, unit: 'mm' };
    expect(read(box)).toEqual(box);
    expect(readVersioned(`\uFEFF${JSON.stringify(box)}`, kind)).toEqual(box);
  });

  it('are brought up step by step if they are older', () => {
    const now = { format: 'a-box', version: 3, size: 50.8, unit: 'mm' };
    expect(read({ format: 'a-box', version: 1, size: 2 })).toEqual(now);
    expect(read({ format: 'a-box', version: 2, size: 2, unit: 'inch' })).toEqual(now);
  });

  it.each([
    ['too much', 'x'.repeat(501), 'box-too-large'],
    ['no JSON', '{"format":"a-box","ver', 'box-not-json'],
    ['nothing', '', 'box-not-json'],
    ['a list', '[]', 'box-wrong-format'],
    ['null', 'null', 'box-wrong-format'],
    ['a text', '"a-box"', 'box-wrong-format'],
    ['another format', '{"format":"a-crate","version":3}', 'box-wrong-format'],
    ['no version', '{"format":"a-box"}', 'box-damaged'],
    ['half a version', '{"format":"a-box","version":1.5}', 'box-damaged'],
    ['version 0', '{"format":"a-box","version":0}', 'box-damaged'],
    [
      'a newer version, whatever it holds',
      '{"format":"a-box","version":4,"size":"?"}',
      'box-newer',
    ],
    ['a wrong field', '{"format":"a-box","version":3,"size":"4","unit":"mm"}', 'box-damaged'],
    ['an old file that cannot be brought up', '{"format":"a-box","version":1}', 'box-damaged'],
  ])('refuses %s', async (_what, text, code) => {
    expect(await codeOf(() => readVersioned(text, kind))).toBe(code);
  });

  it('says which field, and what to do', () => {
    let error: unknown;
    try {
      read({ format: 'a-box', version: 3, size: '4', unit: 'mm' });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ReaderError);
    expect((error as ReaderError).elaborate).toMatch(/^size: /);
    expect((error as ReaderError).hint).toBe('Pack it again.');
  });

  it('pollute nothing', () => {
    const box = readVersioned(
      '{"format":"a-box","version":1,"size":1,"__proto__":{"polluted":true},"constructor":1}',
      kind,
    );
    expect(Object.keys(box).sort()).toEqual(['format', 'size', 'unit', 'version']);
    expect((box as { polluted?: boolean }).polluted).toBeUndefined();
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
