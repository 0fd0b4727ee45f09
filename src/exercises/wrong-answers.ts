/**
 * Programs that answer every call with something absurd. A check that does not look at the kind of an
 * answer before it uses it would break on them, and tell the reader that the book is at fault.
 */
export function wrongAnswerPrograms(entry: readonly string[]): [what: string, code: string][] {
  const bodies: [string, string][] = [
    ['returns nothing', ''],
    ['returns null', 'return null;'],
    ['returns NaN', 'return NaN;'],
    ['returns text', "return 'twelve';"],
    ['returns an empty array', 'return [];'],
    ['returns an array of nothing', 'return [undefined, null, {}];'],
    ['returns an empty object', 'return {};'],
    ['returns a function', 'return () => 0;'],
    ['returns its first argument', 'return first;'],
    ['throws null', 'throw null;'],
  ];
  return bodies.map(([what, body]) => [
    what,
    entry.map((name) => `export function ${name}(first) { ${body} }`).join('\n'),
  ]);
}
