import type { APIRoute } from 'astro';
import { readyAssignments } from '../../build/ready-assignments.ts';

/** `instructors/ready-made.json`: the ready-made assignments, with the sample answers of their written questions. */
export const GET: APIRoute = () => Response.json(readyAssignments());
