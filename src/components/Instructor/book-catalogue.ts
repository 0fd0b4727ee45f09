/** The exercises and questions of the book as instructors choose them; read from `content/` while the site is built. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../build/project-root.ts';
import { sectionSources } from '../../build/section-sources.ts';
import type { Exercise } from '../../exercises/load.ts';
import {
  likelyMinutes,
  QUIZ_POINTS,
  type Catalogue,
  type CatalogueItem,
} from '../../instructor/catalogue.ts';
import { itemVersion } from '../../instructor/item-version.ts';
import type { QuizQuestion } from '../../schemas/quiz.ts';
import { bookExercises } from '../Exercise/book-exercise.ts';
import { anchorOf } from '../live/anchor.ts';
import { bookQuestion } from '../Quiz/book-questions.ts';
import { mdxTree } from '../Search/mdx-tree.ts';
import { plainText } from '../Search/plain-text.ts';
import { sectionItems } from '../site/section-items.ts';

/** The printing of the book: the package's version. */
export const bookVersion = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  return String((manifest as { version?: unknown }).version);
};

/** The whole catalogue, in the order of reading. */
export const assignmentCatalogue = async (): Promise<Catalogue> => {
  const exercises = new Map((await bookExercises()).map((each) => [each.data.id, each]));
  const sections = sectionSources().map(({ chapter, slug, text }) => ({
    path: `chapters/${chapter}/${slug}/`,
    asked: sectionItems(`${chapter}/${slug}`, text).filter(
      ({ kind }) => kind === 'exercises' || kind === 'quizzes',
    ),
  }));
  const items = await Promise.all(
    sections.flatMap(({ path, asked }) => {
      const practised = asked.flatMap(({ id }) => exercises.get(id)?.data.concepts ?? []);
      const concepts = [...new Set(practised)];
      return asked.map(({ kind, id }) => {
        if (kind === 'quizzes') return quizItem(bookQuestion(id), path, concepts);
        const exercise = exercises.get(id);
        if (exercise === undefined) throw new Error(`The catalogue meets no exercise “${id}”.`);
        return exerciseItem(exercise, path);
      });
    }),
  );
  return { format: 'heavy-weights-catalogue', book: bookVersion(), items };
};

const exerciseItem = async ({ data, checks }: Exercise, path: string): Promise<CatalogueItem> => {
  const { id, title, chapter, concepts, ladder, difficulty, points, entry, seed, limits } = data;
  return {
    kind: 'exercise',
    id,
    title,
    section: chapter,
    concepts,
    ladder,
    difficulty,
    minutes: likelyMinutes(ladder, difficulty),
    points,
    version: await itemVersion({ kind: 'exercise', checks, entry, seed, limitMs: limits.ms }),
    entry,
    path: `${path}#${anchorOf('exercises', id)}`,
  };
};

const quizItem = async (
  { id, question, section, options }: QuizQuestion,
  path: string,
  concepts: string[],
): Promise<CatalogueItem> => ({
  kind: 'quiz',
  id,
  title: plainText(mdxTree(question, 'md'), { computed: (of) => of, citation: (source) => source }),
  section,
  concepts,
  minutes: likelyMinutes(),
  points: QUIZ_POINTS,
  version: await itemVersion({ kind: 'quiz', options }),
  path: `${path}#${anchorOf('quizzes', id)}`,
});
