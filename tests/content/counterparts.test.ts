import * as engine from 'heavy-weights';
import { describe, expect, it } from 'vitest';
import { pythonNamePages, readCounterparts } from '../../src/build/counterparts.ts';
import { renderInlineMarkdown } from '../../src/build/render-markdown.ts';
import { sectionSources } from '../../src/build/section-sources.ts';

const groups = readCounterparts();
const rows = groups.flatMap(({ value, placeOf }) =>
  value.rows.map((row, index) => ({ ...row, at: placeOf('rows', index) })),
);

/** What a dotted path leads to in the engine's public face: its own exports only, nothing inherited. */
function lookUp(path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (owner, name) =>
        owner !== null &&
        (typeof owner === 'object' || typeof owner === 'function') &&
        Object.hasOwn(owner, name)
          ? (owner as Record<string, unknown>)[name]
          : undefined,
      engine,
    );
}

describe('the table of Python and the engine', () => {
  it('has lines', () => {
    expect(groups.length).toBeGreaterThan(3);
    expect(rows.length).toBeGreaterThan(20);
  });

  it.each(rows)('$engine is in the public face ($at: $python)', ({ engine: path, at }) => {
    expect(lookUp(path), `${at}: heavy-weights has no ${path}`).toBeDefined();
  });

  it('a name that is not there is noticed', () => {
    expect(lookUp('quantization.quantizeModels')).toBeUndefined();
    expect(lookUp('toString')).toBeUndefined();
  });

  it('names of Python only that are listed with their page', () => {
    const known = pythonNamePages();
    expect(
      rows
        .filter(({ python }) => !known.has(python))
        .map(({ at, python }) => `${at}: ${python} is not in content/python-names.yaml.`),
    ).toEqual([]);
  });

  it('leads to sections that are there', () => {
    const written = new Set(sectionSources().map(({ number }) => number));
    expect(
      rows
        .filter(({ section }) => section !== undefined && !written.has(section))
        .map(({ at, python, section }) => `${at}: ${python}: there is no section ${section}.`),
    ).toEqual([]);
  });

  it.each(rows)('says where they differ ($at: $python)', async ({ differs }) => {
    expect(await renderInlineMarkdown(differs)).toMatch(/\.$/);
  });
});
