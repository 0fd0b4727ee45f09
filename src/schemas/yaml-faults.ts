import { LineCounter, isNode, parseDocument } from 'yaml';
import type { z } from 'zod';

/**
 * What does not fit a schema, each with its place in the YAML text: `content/quizzes/chapter-1.yaml:12: …`. Of something
 * that is missing it is the place of what it is missing from.
 *
 * @param file - its name, for the messages
 */
export function yamlFaults(text: string, error: z.ZodError, file: string): string[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  return error.issues.map(({ path, message }) => {
    let depth = path.length;
    let start = 0;
    for (; depth > 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true);
      if (!isNode(node) || !node.range) continue;
      [start] = node.range;
      break;
    }
    return `${file}:${lines.linePos(start).line}: ${path.join('.')}: ${message}`;
  });
}
