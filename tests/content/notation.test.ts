import { describe, expect, it } from 'vitest';
import { bareLatex, latexSymbols } from '../../src/build/latex-symbols.ts';
import { firstFormula, formulasOf, readNotation } from '../../src/build/notation.ts';
import { renderInlineMarkdown } from '../../src/build/render-markdown.ts';
import { placeIn, sectionSources } from '../../src/build/section-sources.ts';

const sections = sectionSources();
const entries = readNotation();

describe('the symbols of a formula', () => {
  it('are letters with their accents, and names of several letters', () => {
    expect(latexSymbols('\\hat{w} = s \\, q_{\\max} + \\sigma_\\text{in} \\log_2 |x|')).toEqual([
      '\\hat w',
      's',
      'q',
      '\\sigma',
      'x',
    ]);
    expect(latexSymbols('\\operatorname{ulp}(x) \\quad \\text{bytes} \\text{SQNR}')).toEqual([
      'ulp',
      'SQNR',
      'x',
    ]);
    expect(latexSymbols('\\int p(w) \\, dw \\, d_i')).toEqual(['p', 'w', 'd', 'i']);
    expect(latexSymbols('\\begin{cases} a \\\\[1.2ex] b \\end{cases}')).toEqual(['a', 'b']);
  });

  it('are compared without spaces and needless braces', () => {
    expect(bareLatex('\\hat{w}\\, = {s} \\left( q \\right)')).toBe('\\hatw=s(q)');
  });
});

describe('the notation', () => {
  it('has entries, and the sections have formulas', () => {
    expect(entries.length).toBeGreaterThan(20);
    expect(sections.flatMap(({ text }) => formulasOf(text)).length).toBeGreaterThan(10);
  });

  it('sees every formula of every section', () => {
    for (const { path, text, uses } of sections) {
      const written = uses.filter(({ tag }) => tag === 'Equation');
      expect(formulasOf(text), path).toHaveLength(written.length);
      for (const { id, latex } of formulasOf(text)) expect(latex, `${path}: ${id}`).toMatch(/\S/);
    }
  });

  it('says what every symbol of every numbered formula stands for', () => {
    const order = sections.map(({ number }) => number);
    const known = new Set<string>();
    const faults: string[] = [];
    for (const section of sections) {
      for (const entry of entries.filter((candidate) => candidate.section === section.number)) {
        const inMeaning = [...entry.value.meaning.matchAll(/\$([^$]*)\$/g)].map(([, tex]) => tex);
        for (const symbol of latexSymbols([entry.value.symbol, ...inMeaning].join(' '))) {
          known.add(symbol);
        }
      }
      for (const { id, latex, index } of formulasOf(section.text)) {
        const missing = latexSymbols(latex).filter((symbol) => !known.has(symbol));
        if (missing.length === 0) continue;
        faults.push(
          `${placeIn(section.text, index, section.path)}: formula “${id}” has ${missing.join(', ')}, which content/notation/${section.number}.yaml does not explain.`,
        );
      }
    }
    expect(faults).toEqual([]);
    expect(entries.filter(({ section }) => !order.includes(section)).map(({ at }) => at)).toEqual(
      [],
    );
  });

  it('has no entry whose symbol is in no formula of its section', () => {
    expect(
      entries
        .filter(({ section, value }) => {
          const text = sections.find(({ number }) => number === section)?.text ?? '';
          return firstFormula(value.symbol, formulasOf(text)) < 0;
        })
        .map(({ at, value }) => `${at}: ${value.symbol} is in no numbered formula there.`),
    ).toEqual([]);
  });

  it.each(entries)('$at: $value.symbol can be set', async ({ value }) => {
    const html = await renderInlineMarkdown(`$${value.symbol}$ ${value.meaning}`);
    expect(html).toContain('class="katex"');
    expect(html).not.toMatch(/katex-error/);
  });
});
