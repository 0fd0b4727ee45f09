import type { APIRoute } from 'astro';
import { bookSamples } from '../../components/Instructor/Grade/samples/book-samples.ts';

/** `samples/gradebook.csv`: the gradebook of the sample students, as Canvas exports it. */
export const GET: APIRoute = async () =>
  new Response((await bookSamples()).gradebook, { headers: { 'content-type': 'text/csv' } });
