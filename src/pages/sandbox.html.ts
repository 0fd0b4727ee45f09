import type { APIRoute } from 'astro';
import { html } from 'virtual:heavy-weights/sandbox-frame';

/** The sandbox's own page; see src/runtime/frame.ts. */
export const GET: APIRoute = () =>
  new Response(html, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
