import { renderPortableMarkdown } from '../../../build/render-markdown.ts';
import { itemVersion } from '../../../instructor/item-version.ts';
import type { ScormOption } from '../../../instructor/scorm/course.ts';
import type { QuizQuestion } from '../../../schemas/quiz.ts';

/** `quizzes/<id>.json`: a question as it can stand outside the book. */
export interface PortableQuestion {
  id: string;
  /** See `itemVersion`. */
  version: string;
  /** HTML with MathML, as are the options and their reasons. */
  html: string;
  options: ScormOption[];
}

/** Made while the site is built. */
export const portableQuestion = async ({
  id,
  question,
  options,
}: QuizQuestion): Promise<PortableQuestion> => ({
  id,
  version: await itemVersion({ kind: 'quiz', options }),
  html: await renderPortableMarkdown(question),
  options: await Promise.all(
    options.map(async ({ text, why, correct }) => ({
      html: await renderPortableMarkdown(text),
      why: await renderPortableMarkdown(why),
      correct,
    })),
  ),
});
