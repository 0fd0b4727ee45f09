import type { APIRoute } from 'astro';
import { bookSamples } from '../../components/Instructor/Grade/samples/book-samples.ts';

/** `samples/hand-ins.zip`: ten hand-ins as Canvas exports them, for a first try of the Grade page. */
export const GET: APIRoute = async () =>
  new Response((await bookSamples()).zip as BodyInit, {
    headers: { 'content-type': 'application/zip' },
  });
