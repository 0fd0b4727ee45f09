import { parseQuiz } from '../../exercises/quiz.ts';
import type { QuizQuestion } from '../../schemas/quiz.ts';

const files = import.meta.glob<string>('/content/quizzes/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const questions = new Map<string, QuizQuestion>(
  Object.entries(files).flatMap(([file, text]) =>
    parseQuiz(text, file).map((question): [string, QuizQuestion] => [question.id, question]),
  ),
);

/** A question of the book by id; one that is not there fails the build. */
export const bookQuestion = (id: string): QuizQuestion => {
  const question = questions.get(id);
  if (question === undefined) {
    throw new Error(
      `<Quiz id="${id}"> has no question: content/quizzes holds ${[...questions.keys()].join(', ')}.`,
    );
  }
  return question;
};

/** All questions of the book. */
export const bookQuestions = (): QuizQuestion[] => [...questions.values()];
