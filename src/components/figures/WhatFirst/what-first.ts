/** Four questions about a project, the row of the table that they lead to, and how it is drawn. */

export const QUESTIONS = {
  trouble: {
    label: 'What is the matter?',
    answers: {
      start: 'nothing yet: it is still in float',
      flash: 'too large for the flash',
      download: 'too large to be sent',
      memory: 'too little working memory',
      slow: 'too slow, or a battery too small',
      lost: 'it reads worse, quantized',
    },
  },
  device: {
    label: 'What does the device multiply?',
    answers: { integers: 'whole numbers only', floats: 'floats as well' },
  },
  data: {
    label: 'What data have you?',
    answers: {
      none: 'none',
      specimens: 'some, without answers',
      labels: 'answers, and hours to train',
    },
  },
  kind: {
    label: 'What sort of network?',
    answers: { plain: 'full layers', depthwise: 'depthwise layers' },
  },
} as const;

export type Question = keyof typeof QUESTIONS;
export type Answers = {
  [Q in Question]: keyof (typeof QUESTIONS)[Q]['answers'];
};

export const FIRST_ANSWERS: Answers = {
  trouble: 'start',
  device: 'integers',
  data: 'specimens',
  kind: 'plain',
};

export const ROWS = [
  'integers',
  'no-data',
  'half',
  'doubt',
  'ranges',
  'depthwise',
  'few-bits',
  'train',
  'flash',
  'download',
  'memory',
  'slow',
] as const;
export type RowId = (typeof ROWS)[number];

/** One row of the table, with what was measured in this book. */
export interface Row {
  id: RowId;
  when: string;
  first: string;
  /** What it did, in words. */
  did: string;
  /** Where it is taught: `3.1`. */
  section: string;
  /** What is spent, before and after; none where nothing is saved. */
  cost?: { what: string; before: number; after: number };
  /** Mistakes in 10,000, before and after. */
  mistakes: { before: number; after: number };
}

/** What to try, and what after that if it was not enough. */
export interface Advice {
  first: RowId;
  then: RowId;
}

/** The rows that four answers lead to. */
export function advise({ trouble, device, data, kind }: Answers): Advice {
  const floats = device === 'floats';
  /** The least that makes integers of it, with the data that there are. */
  const integers: RowId = floats && data === 'none' ? 'no-data' : 'integers';
  switch (trouble) {
    case 'start':
      return floats ? { first: 'half', then: integers } : { first: 'integers', then: 'doubt' };
    case 'flash':
      if (data === 'labels') return { first: integers, then: 'flash' };
      return { first: integers, then: floats ? 'few-bits' : 'flash' };
    case 'download':
      return { first: 'download', then: integers };
    case 'memory':
      return { first: 'memory', then: 'flash' };
    case 'slow':
      return { first: 'slow', then: integers };
    case 'lost': {
      if (data === 'labels')
        return { first: kind === 'depthwise' ? 'depthwise' : 'ranges', then: 'train' };
      if (kind === 'depthwise') return { first: 'depthwise', then: 'ranges' };
      return { first: 'doubt', then: 'ranges' };
    }
  }
}

/** How a row of the table stands in an advice. */
export const standing = ({ first, then }: Advice, row: RowId): 'first' | 'then' | 'no' =>
  row === first ? 'first' : row === then ? 'then' : 'no';

/** What the advice lacks, if the project has too little for it. */
export function wants({ device, data }: Answers, { first, then }: Advice): string {
  const tried = [first, then];
  if (
    device === 'integers' &&
    data === 'none' &&
    tried.some((row) => row === 'integers' || row === 'memory')
  )
    return 'It wants a hundred specimens, without answers: they are worth asking for.';
  if (data !== 'labels' && tried.some((row) => row === 'flash' || row === 'train'))
    return 'The second wants answers, and some hours of training.';
  return '';
}

export const WIDTH = 340;
export const HEIGHT = 132;
export const FRAME = { left: 8, width: 324, height: 16 };
const TOPS = { cost: [22, 42], mistakes: [92, 112] } as const;

const whole = (count: number): string => count.toLocaleString('en-GB');

/** The two pairs of bars of a row: widths, and what is written beside them. */
export function rowDrawing({ cost, mistakes }: Row): {
  attributes: Record<string, Record<string, string>>;
  texts: Record<string, string>;
} {
  const attributes: Record<string, Record<string, string>> = {};
  const texts: Record<string, string> = {};
  const pair = (name: 'cost' | 'mistakes', before: number, after: number): void => {
    const most = Math.max(before, after, 1);
    for (const [when, value] of [
      ['before', before],
      ['after', after],
    ] as const)
      attributes[`${name}-${when}`] = { width: ((FRAME.width * value) / most).toFixed(1) };
  };
  pair('cost', cost?.before ?? 0, cost?.after ?? 0);
  pair('mistakes', mistakes.before, mistakes.after);
  texts['cost'] = cost
    ? `${cost.what}: ${whole(cost.before)} → ${whole(cost.after)}`
    : 'bytes: not what it is for';
  texts['mistakes'] = `mistakes in 10,000: ${whole(mistakes.before)} → ${whole(mistakes.after)}`;
  return { attributes, texts };
}

/** The tops of the bars, before and after. */
export const barTops = TOPS;

/** The sentence under the questions. */
export function verdict(rows: readonly Row[], advice: Advice): { first: string; then: string } {
  const of = (id: RowId): Row => rows.find((row) => row.id === id)!;
  const lower = (text: string): string => text[0]!.toLowerCase() + text.slice(1);
  return {
    first: `Try first: ${lower(of(advice.first).first)} (${of(advice.first).section}).`,
    then: `If that is not enough: ${lower(of(advice.then).first)} (${of(advice.then).section}).`,
  };
}
