import type { APIRoute } from 'astro';
import { assignmentCatalogue } from '../../components/Instructor/book-catalogue.ts';

/** `exercises/index.json`: what an assignment can be made of, with the versions that this printing has. */
export const GET: APIRoute = async () => Response.json(await assignmentCatalogue());
