import type { APIRoute } from 'astro';
import { bookRecords } from '../components/Search/book-records.ts';
import { makeIndex } from '../components/Search/search-index.ts';

/** `search.json`: the index of the whole book, fetched when a reader first searches. */
export const GET: APIRoute = async () => Response.json(makeIndex(await bookRecords()));
