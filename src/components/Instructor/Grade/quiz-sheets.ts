import { itemVersion } from '../../../instructor/item-version.ts';
import type { QuizQuestion } from '../../../schemas/quiz.ts';
import { mdxTree } from '../../Search/mdx-tree.ts';
import { plainText } from '../../Search/plain-text.ts';
import type { QuizSheets } from './quiz-sheet.ts';

const plain = (markdown: string): string =>
  plainText(mdxTree(markdown, 'md'), { computed: (of) => of, citation: (source) => source });

/** The questions as the Grade page fetches them; made while the site is built. */
export const quizSheets = async (questions: readonly QuizQuestion[]): Promise<QuizSheets> =>
  Object.fromEntries(
    await Promise.all(
      questions.map(async ({ id, question, options }) => [
        id,
        {
          version: await itemVersion({ kind: 'quiz', options }),
          question: plain(question),
          options: options.map(({ text }) => plain(text)),
          source: options.map(({ text }) => text.trim()),
          correct: options.findIndex(({ correct }) => correct),
        },
      ]),
    ),
  );
