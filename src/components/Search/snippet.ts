import { searchTerm, wordPattern } from './search-index.ts';

/** A stretch of text; `marked` if it is one of the words that were found. */
export interface Stretch {
  text: string;
  marked: boolean;
}

interface Place {
  from: number;
  to: number;
  term: string;
}

const placesOf = (text: string, terms: ReadonlySet<string>): Place[] =>
  [...text.matchAll(wordPattern)].flatMap((match) => {
    const term = searchTerm(match[0]);
    return term !== null && terms.has(term)
      ? [{ from: match.index, to: match.index + match[0].length, term }]
      : [];
  });

const cut = (text: string, from: number, to: number, places: readonly Place[]): Stretch[] => {
  const stretches: Stretch[] = [];
  let at = from;
  for (const place of places) {
    if (place.from < at || place.to > to) continue;
    if (place.from > at) stretches.push({ text: text.slice(at, place.from), marked: false });
    stretches.push({ text: text.slice(place.from, place.to), marked: true });
    at = place.to;
  }
  if (at < to) stretches.push({ text: text.slice(at, to), marked: false });
  return stretches;
};

/** The whole text, with the words that were found marked. */
export const markWords = (text: string, terms: ReadonlySet<string>): Stretch[] =>
  cut(text, 0, text.length, placesOf(text, terms));

/** About `length` characters of a text where most of the found words stand together. */
export const snippet = (text: string, terms: ReadonlySet<string>, length = 170): Stretch[] => {
  const places = placesOf(text, terms);
  let best = { from: 0, distinct: 0 };
  for (const [index, { from }] of places.entries()) {
    const near = new Set<string>();
    for (let i = index; i < places.length && places[i]!.to <= from + length * 0.75; i++)
      near.add(places[i]!.term);
    if (near.size > best.distinct) best = { from, distinct: near.size };
  }
  // A few words before the first, from the start of a word.
  const lead = Math.max(0, best.from - Math.round(length / 4));
  const from = lead === 0 ? 0 : text.indexOf(' ', lead) + 1 || lead;
  const rest = text.slice(from, from + length);
  const end = from + rest.length >= text.length ? rest.length : rest.lastIndexOf(' ');
  const to = from + (end > 0 ? end : rest.length);
  return [
    ...(from > 0 ? [{ text: '… ', marked: false }] : []),
    ...cut(text, from, to, places),
    ...(to < text.length ? [{ text: ' …', marked: false }] : []),
  ];
};
