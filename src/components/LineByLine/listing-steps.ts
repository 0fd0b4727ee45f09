/** One numbered step of a listing. */
export interface ListingStep {
  /** 0 for what stands before the first. */
  number: number;
  title: string;
  code: string;
}

/** `// 3. The schedule` in TypeScript, `# 3. The schedule` in Python: a comment of its own, at the margin. */
const heading = /^(?:\/\/|#) (\d+)\. (.+)$/;

/** A listing taken apart at its numbered comments. */
export function listingSteps(code: string): ListingStep[] {
  const steps: ListingStep[] = [{ number: 0, title: 'What is imported', code: '' }];
  for (const line of code.split('\n')) {
    const [, number, title] = heading.exec(line) ?? [];
    if (number !== undefined && title !== undefined) {
      steps.push({ number: Number(number), title, code: '' });
    } else steps.at(-1)!.code += `${line}\n`;
  }
  return steps
    .map((step) => ({ ...step, code: step.code.replace(/^\n+|\s+$/g, '') }))
    .filter(({ code: text }) => text !== '');
}

/** The steps of two listings in pairs. */
export function pairedSteps(
  id: string,
  python: string,
  typescript: string,
): { number: number; title: string; python: string; typescript: string }[] {
  const [left, right] = [listingSteps(python), listingSteps(typescript)];
  const names = (steps: ListingStep[]): string =>
    steps.map(({ number, title }) => `${number}. ${title}`).join('; ');
  if (names(left) !== names(right)) {
    throw new Error(
      `<LineByLine id="${id}">: the steps of the two listings differ. Python has ${names(left)}. TypeScript has ${names(right)}.`,
    );
  }
  return left.map(({ number, title, code }, i) => ({
    number,
    title,
    python: code,
    typescript: right[i]!.code,
  }));
}
