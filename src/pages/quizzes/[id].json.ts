import type { APIRoute, GetStaticPaths } from 'astro';
import { portableQuestion } from '../../components/Instructor/Scorm/portable-question.ts';
import { bookQuestion, bookQuestions } from '../../components/Quiz/book-questions.ts';

export const getStaticPaths = (() =>
  bookQuestions().map(({ id }) => ({ params: { id } }))) satisfies GetStaticPaths;

/** `quizzes/<id>.json`: one question, whole, for a page outside the book. */
export const GET: APIRoute = async ({ params }) =>
  Response.json(await portableQuestion(bookQuestion(params['id'] ?? '')));
