import type { APIRoute } from 'astro';
import { bookQuestions } from '../../components/Quiz/book-questions.ts';
import { quizSheets } from '../../components/Instructor/Grade/quiz-sheets.ts';

/** `quizzes/index.json`: the questions of the book with their right options, for the instructor's re-marking. */
export const GET: APIRoute = async () => Response.json(await quizSheets(bookQuestions()));
