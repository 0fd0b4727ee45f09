import type { APIRoute, GetStaticPaths } from 'astro';
import {
  bookExercise,
  bookExercises,
  exerciseSheet,
} from '../../components/Exercise/book-exercise.ts';

export const getStaticPaths = (async () =>
  (await bookExercises()).map(({ data }) => ({
    params: { id: data.id },
  }))) satisfies GetStaticPaths;

/** `exercises/<id>.json`: checks, known mistakes, hints and solution of one exercise. */
export const GET: APIRoute = async ({ params }) =>
  Response.json(await exerciseSheet(await bookExercise(params['id'] ?? '')));
