import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readyAssignmentSchema, type ReadyAssignment } from '../schemas/ready-assignment.ts';
import { yamlFaults } from '../schemas/yaml-faults.ts';
import { ReaderError } from '../shared/reader-error.ts';
import { projectRoot } from './project-root.ts';

/** Below the project's root. */
const FOLDER = 'content/assignments';

/**
 * Reads one ready-made assignment.
 *
 * @param text - YAML
 * @param file - its name, for the messages
 * @throws ReaderError `ready-assignment-invalid`, with file and line
 */
export function parseReadyAssignment(text: string, file: string): ReadyAssignment {
  const read = readyAssignmentSchema.safeParse(parse(text));
  if (read.success) return read.data;
  throw new ReaderError({
    code: 'ready-assignment-invalid',
    explain: `${file} does not fit the schema of ready-made assignments.`,
    elaborate: yamlFaults(text, read.error, file).join('\n'),
  });
}

/** The six ready-made assignments, in the order of their chapters. */
export function readyAssignments(): ReadyAssignment[] {
  return readdirSync(join(projectRoot, FOLDER))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) =>
      parseReadyAssignment(
        readFileSync(join(projectRoot, FOLDER, file), 'utf8'),
        `${FOLDER}/${file}`,
      ),
    )
    .sort((one, other) => one.chapter - other.chapter);
}
