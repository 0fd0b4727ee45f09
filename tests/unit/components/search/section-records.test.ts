import { describe, expect, it } from 'vitest';
import { sectionRecords } from '../../../../src/components/Search/section-records.ts';
import { texText } from '../../../../src/components/Search/tex-text.ts';

const mdx = `---
title: A Section
---

<Scene>

It was *dark*, and \`tf.cast\` was <Term id="cast">cast</Term>.

</Scene>

<Cell id="weigh" title="Weigh it" files={['lenet']} />

## One & two

It has <Computed of="lenet.parameters" as="words" /> parameters [see](https://example.org) <Cite id="han" />, and $|x| \\le 2^{n-1}$.

<Figure name="number-line" title="A line">
A caption of <Computed of="a.b" /> words.
</Figure>

<Equation id="rule">

$$
q = \\operatorname{round}(x / S)
$$

</Equation>

| bits | bytes |
| --- | ---: |
| 8 | 1 |

<Prediction id="guess" question="What will it be?" options={['more > less', 'less']}>

The answer is forty-two.

</Prediction>

<Exercise id="count" />

## One & two

<Sidenote label="Aside">

A note.

</Sidenote>

<Quiz id="secret" />

<CaseNotes>

- First.
- Second.

</CaseNotes>
`;

const records = sectionRecords(
  { number: '9.9', title: 'A Section', path: 'chapters/x/y/', text: mdx },
  (id) => ({ title: `Exercise ${id}`, concepts: ['sizes'], statement: 'Count **all** bytes.' }),
  {
    computed: (of, as) => `(${of}${as === undefined ? '' : ` as ${as}`})`,
    citation: (id) => `${id} 2016`,
  },
);
const find = (kind: string, title: string) =>
  records.filter((record) => record.kind === kind && record.title === title);

describe('what can be found of a section', () => {
  it('is its text parted at headings, with the anchors that the page gives them', () => {
    expect(
      records.filter(({ kind }) => kind === 'section').map(({ title, path }) => [title, path]),
    ).toEqual([
      ['A Section', 'chapters/x/y/'],
      ['One & two', 'chapters/x/y/#one--two'],
      ['One & two', 'chapters/x/y/#one--two-1'],
    ]);
    expect(records.every(({ number, place }) => number === '9.9' && place === 'A Section')).toBe(
      true,
    );
  });

  it('has the words a reader sees: numbers computed, sources cited, terms and code in line', () => {
    expect(find('section', 'A Section')[0]?.text).toBe('It was dark, and tf.cast was cast.');
    expect(find('section', 'One & two')[0]?.text).toBe(
      'It has (lenet.parameters as words) parameters see [han 2016], and |x| ≤ 2^(n-1). ' +
        'bits bytes 8 1 What will it be?',
    );
    expect(find('section', 'One & two')[1]?.text).toBe('Aside A note.');
  });

  it('has figures, cells, exercises and case notes by themselves', () => {
    expect(
      records
        .filter(({ kind }) => kind !== 'section')
        .map(({ kind, title, path, text }) => [kind, title, path.split('#')[1], text]),
    ).toEqual([
      ['cell', 'Weigh it', 'cell-weigh', ''],
      ['figure', 'A line', 'figure-number-line', 'A caption of (a.b) words.'],
      ['exercise', 'Exercise count', 'exercise-count', 'Count all bytes. (sizes)'],
      ['notes', 'Case notes', 'case-notes', 'First. Second.'],
    ]);
  });

  it('gives no answer away: of a prediction the question alone, of a quiz nothing', () => {
    const all = records.map(({ title, text }) => `${title} ${text}`).join(' ');
    expect(all).not.toMatch(/forty-two|more > less|secret/);
  });
});

describe('formulas as text', () => {
  it.each([
    [String.raw`S(q - Z)`, 'S(q - Z)'],
    [String.raw`784 \times 300`, '784 × 300'],
    [String.raw`2^{\,E - 127}`, '2^(E - 127)'],
    [String.raw`n_{\mathrm{in}}`, 'n_in'],
    [String.raw`\lfloor \log_2 |x| \rfloor`, '⌊ log_2 |x| ⌋'],
    [String.raw`\hat{x} \le \varepsilon`, 'x ≤ ε'],
    [String.raw`\{0, 1\}`, '0, 1'],
  ])('%s', (tex, text) => {
    expect(texText(tex)).toBe(text);
  });
});
