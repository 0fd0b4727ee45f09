/** Which faces the book sets its pages in, and which characters of each it sends at once. */

export interface FaceSource {
  /** Name of the emitted file, without its hash. */
  name: string;
  family: string;
  style: 'normal' | 'italic';
  /** A CSS font-weight, or a range for a variable face. */
  weight: string;
  /** Module specifier of the full font file. */
  source: string;
  /** Characters in the face's first file. All the others go to a second one, fetched when a page shows one. */
  core?: string;
  /** Range of the second file; without it the second file answers for everything outside the core. */
  range?: string;
  /** Part of a variable face that is kept. */
  wght?: number | { min: number; max: number; default: number };
  /** OpenType features that are kept; `[]` for none. */
  features?: string[];
  /** Fetched together with the page itself. */
  preload?: boolean;
}

const ascii = String.fromCodePoint(...Array.from({ length: 95 }, (_, i) => 32 + i));
const typography = '\u00a0–—‘’“”…×÷−±·°½¼£é§†‹›¹²³©';
const signs = '→←↑↓≈≤≥≠√∞';

/** What Fontsource calls the latin subset. */
const latin =
  'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD';

const figures = ['kern', 'liga', 'onum', 'lnum', 'tnum', 'pnum'];

const text: FaceSource[] = [
  {
    name: 'source-serif-4',
    family: 'Source Serif 4',
    style: 'normal',
    weight: '400 700',
    source: '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
    core: ascii + typography,
    range: latin,
    wght: { min: 400, max: 700, default: 400 },
    features: figures,
    preload: true,
  },
  {
    name: 'source-serif-4-italic',
    family: 'Source Serif 4',
    style: 'italic',
    weight: '400',
    source: '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2',
    core: ascii + typography,
    range: latin,
    wght: 400,
    features: figures,
  },
  {
    name: 'im-fell-english',
    family: 'IM Fell',
    style: 'normal',
    weight: '400',
    source: '@fontsource/im-fell-english/files/im-fell-english-latin-400-normal.woff2',
    // A revival of worn type has heavy outlines, half a kilobyte a glyph: titles need few.
    core: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:;’‘“”–—-&?',
    range: latin,
    features: ['kern'],
    preload: true,
  },
  {
    name: 'jetbrains-mono',
    family: 'JetBrains Mono',
    style: 'normal',
    weight: '400',
    source: '@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2',
    core: ascii + typography + signs,
    range: latin,
    // No ligatures: a reader of code sees the characters that are typed.
    features: [],
  },
];

/** KaTeX's two text faces are large and mostly unused; of its other faces few are ever fetched. U+E020 strikes out = in ≠. */
const mathsCore = `${ascii}\u00a0·×÷±−≤≥≠≈≡∼∈∉∑∏∫√∞∂∇→←↦⇒⇔↔⌊⌋⌈⌉⟨⟩∣∥′…⋯⋮⋱∗∘⊙⊕⊗∪∩⊂⊆∀∃∧∨¬ℓˉ˙⋅\u200b\ue020`;
const greek = 'αβγδεζηθικλμνξοπρστυφχψωϵϑϕϱϖΓΔΘΛΞΠΣΥΦΨΩ';

const katex = (
  file: string,
  family: string,
  weight = '400',
  style: FaceSource['style'] = 'normal',
  core?: string,
): FaceSource => ({
  name: `katex-${file.toLowerCase()}`,
  family: `KaTeX_${family}`,
  style,
  weight,
  source: `katex/dist/fonts/KaTeX_${file}.woff2`,
  ...(core === undefined ? {} : { core }),
});

const maths: FaceSource[] = [
  katex('Main-Regular', 'Main', '400', 'normal', mathsCore + greek),
  katex('Math-Italic', 'Math', '400', 'italic', ascii + greek),
  katex('Main-Bold', 'Main', '700', 'normal', mathsCore + greek),
  katex('Main-Italic', 'Main', '400', 'italic'),
  katex('Main-BoldItalic', 'Main', '700', 'italic'),
  katex('Math-BoldItalic', 'Math', '700', 'italic'),
  katex('AMS-Regular', 'AMS', '400', 'normal', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
  katex('Caligraphic-Regular', 'Caligraphic'),
  katex('Typewriter-Regular', 'Typewriter'),
  katex('SansSerif-Regular', 'SansSerif'),
  katex('Size1-Regular', 'Size1'),
  katex('Size2-Regular', 'Size2'),
  katex('Size3-Regular', 'Size3'),
  katex('Size4-Regular', 'Size4'),
];

export const faces = { text, maths };

/** A local font that stands in until ours arrives, stretched so that a paragraph takes the same lines. */
export interface StandIn {
  family: string;
  style: 'normal' | 'italic';
  local: string[];
  /** Width of English text in our face over its width in the local one. */
  ratio: number;
  /** Ascent and descent of our face, as fractions of its size. */
  ascent: number;
  descent: number;
}

const times = ['Times New Roman', 'Liberation Serif', 'Tinos'];
const serif = { ascent: 1.036, descent: 0.335 };
const fell = { ascent: 0.905, descent: 0.363 };

/** The ratios were measured over 6,000 characters of English; tests/browser/fonts.spec.ts measures again. */
export const standIns: StandIn[] = [
  { family: 'Source Serif 4 Fallback', style: 'normal', local: times, ratio: 1.1775, ...serif },
  {
    family: 'Source Serif 4 Fallback',
    style: 'italic',
    local: times.map(italicOf),
    ratio: 1.0757,
    ...serif,
  },
  {
    family: 'Source Serif 4 Fallback 2',
    style: 'normal',
    local: ['DejaVu Serif'],
    ratio: 0.9234,
    ...serif,
  },
  { family: 'IM Fell Fallback', style: 'normal', local: times, ratio: 1.0175, ...fell },
];

function italicOf(name: string): string {
  return `${name} Italic`;
}
