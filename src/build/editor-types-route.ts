import type { APIRoute } from 'astro';
import { collectEditorTypes } from './collect-editor-types.ts';

export const GET: APIRoute = () => Response.json(collectEditorTypes());
