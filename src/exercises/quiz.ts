import { parse } from 'yaml';
import { quizFileSchema } from '../schemas/quiz.ts';
import type { QuizQuestion } from '../schemas/quiz.ts';
import { yamlFaults } from '../schemas/yaml-faults.ts';
import { ReaderError } from '../shared/reader-error.ts';

/**
 * Reads one file of questions.
 *
 * @param text YAML
 * @param file its name, for messages
 * @throws ReaderError if it does not fit the schema
 */
export function parseQuiz(text: string, file: string): QuizQuestion[] {
  const parsed = quizFileSchema.safeParse(parse(text));
  if (parsed.success) return parsed.data.questions;
  throw new ReaderError({
    code: 'quiz-invalid',
    explain: `${file} does not fit the schema of questions.`,
    elaborate: yamlFaults(text, parsed.error, file).join('\n'),
  });
}

/** What is wrong with the questions of the book, one sentence each; empty when all is well. */
export function findQuizFaults(
  questions: readonly QuizQuestion[],
  sections: ReadonlySet<string>,
): string[] {
  return questions.flatMap((question, index) => {
    const { id, section, options } = question;
    const faults: string[] = [];
    const correct = options.filter((option) => option.correct).length;
    if (correct !== 1) faults.push(`has ${correct} right options; it needs exactly one`);
    if (new Set(options.map(({ text }) => text.trim())).size < options.length) {
      faults.push('offers the same option twice');
    }
    if (questions.findIndex((other) => other.id === id) !== index)
      faults.push('has an id that is used before');
    if (!sections.has(section)) faults.push(`belongs to section ${section}, which does not exist`);
    return faults.map((fault) => `Question ${id} ${fault}.`);
  });
}

/**
 * Compares a traced question's computed value with its options.
 *
 * @param value what its `traced` expression gave
 * @returns what is wrong, or undefined when the right option, and no other, says the value
 */
export function findTraceFault({ id, options }: QuizQuestion, value: unknown): string | undefined {
  const text = plainText(String(value));
  const saying = options.filter((option) => plainText(option.text) === text);
  if (saying.length === 1 && saying[0]?.correct) return undefined;
  const right = options.find(({ correct }) => correct);
  return `Question ${id} is traced to ${text}, but its right option is “${right?.text ?? 'missing'}”.`;
}

/** An option without the marks of maths, code and thousands: `$-1\,000$` is compared as `-1000`. */
function plainText(markdown: string): string {
  return markdown
    .replace(/\\,|[$`]/g, '')
    .replace(/(?<=\d)[,\u202f\u00a0](?=\d{3})/g, '')
    .replace(/\u2212/g, '-')
    .replace(/^\*+|\*+$|\.$/g, '')
    .trim();
}
