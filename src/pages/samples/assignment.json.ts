import type { APIRoute } from 'astro';
import { bookSamples } from '../../components/Instructor/Grade/samples/book-samples.ts';

/** `samples/assignment.json`: the assignment that the sample hand-ins answer. */
export const GET: APIRoute = async () =>
  new Response((await bookSamples()).assignmentText, {
    headers: { 'content-type': 'application/json' },
  });
