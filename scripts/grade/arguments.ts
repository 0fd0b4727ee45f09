import { resolve } from 'node:path';
import { availableParallelism } from 'node:os';
import { parseOptions } from '../command-line/parse-options.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { readShard, wholeBatch, type Shard } from './shards.ts';

/** What both commands have. Paths are absolute. */
interface Common {
  /** Folders, archives and files of hand-ins; of a merge, the results of the shards. */
  inputs: string[];
  assignment: string;
  /** The table of marks, `.csv`. */
  out: string;
  force: boolean;
}

export interface GradeArguments extends Common {
  command: 'grade';
  privateChecks: string | undefined;
  key: string | undefined;
  /** When all of it arrived, in place of what the files say. */
  received: number | undefined;
  jobs: number;
  seed: number | undefined;
  shard: Shard;
  resume: boolean;
}

export interface MergeArguments extends Common {
  command: 'merge';
}

export const USAGE = `npm run grade -- HAND-INS --assignment FILE --out marks.csv [options]
npm run grade -- --merge RESULTS… --assignment FILE --out marks.csv

HAND-INS is a folder, a .zip or a file, or several of them: what the LMS gave.

  --assignment FILE      the assignment, as Build saved it
  --out FILE.csv         where the marks go; the results, one line a hand-in, lie beside it as .results.jsonl
  --private-checks FILE  checks of your own, run besides the book's: see docs/instructors.md
  --key FILE             the assignment's private key, for sealed hand-ins
  --received TIME        all of it arrived at this time, such as 2026-11-30T18:00Z; else the files' times count
  --jobs N               hand-ins at a time; unless told, one for each processor
  --seed NUMBER          inputs of the re-run are drawn from it; unless told it is drawn by lot, and printed
  --shard I/N            only the I-th of N parts, 1 … N; give every part the same --seed
  --resume               go on with the results that are there
  --merge                the results of all the parts become one table
  --force                write over files that are there
  -h, --help             this text`;

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean' } as const;

/** Reads the command line. Relative paths are meant from where npm was called. */
export function readArguments(args: string[]): GradeArguments | MergeArguments | 'help' {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const path = (name: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), name);
  const file = (name: string | undefined): string | undefined =>
    name === undefined ? undefined : path(name);
  if (values.assignment === undefined)
    throw new UsageError('--assignment is missing: which is it?');
  if (values.out === undefined) throw new UsageError('--out is missing: where do the marks go?');
  if (!/\.csv$/i.test(values.out)) throw new UsageError(`--out ends in .csv; it is ${values.out}.`);
  if (positionals.length === 0) {
    throw new UsageError(
      values.merge
        ? 'Say which results to merge.'
        : 'Say where the hand-ins are: the folder is missing.',
    );
  }
  const common: Common = {
    inputs: positionals.map(path),
    assignment: path(values.assignment),
    out: path(values.out),
    force: values.force ?? false,
  };
  if (values.merge) {
    const strange = (
      ['shard', 'resume', 'seed', 'jobs', 'private-checks', 'key', 'received'] as const
    ).filter((name) => values[name] !== undefined);
    if (strange.length > 0) {
      throw new UsageError(`--merge runs nothing again: leave out --${strange.join(', --')}.`);
    }
    return { command: 'merge', ...common };
  }
  const seed = whole('seed', values.seed, 0, 2 ** 32 - 1);
  const shard = values.shard === undefined ? wholeBatch : requireShard(values.shard);
  if (shard.of > 1 && seed === undefined) {
    throw new UsageError(
      '--shard needs --seed: every part must draw its inputs from the same one.',
    );
  }
  return {
    command: 'grade',
    ...common,
    privateChecks: file(values['private-checks']),
    key: file(values.key),
    received: time(values.received),
    jobs: whole('jobs', values.jobs, 1, 64) ?? Math.min(64, availableParallelism()),
    seed,
    shard,
    resume: values.resume ?? false,
  };
}

const parse = (args: string[]) =>
  parseOptions({
    args,
    allowPositionals: true,
    options: {
      assignment: TEXT,
      out: TEXT,
      'private-checks': TEXT,
      key: TEXT,
      received: TEXT,
      jobs: TEXT,
      seed: TEXT,
      shard: TEXT,
      resume: FLAG,
      merge: FLAG,
      force: FLAG,
      help: { type: 'boolean', short: 'h' },
    },
  });

function requireShard(text: string): Shard {
  const shard = readShard(text);
  if (shard) return shard;
  throw new UsageError(
    `--shard is I/N with I from 1 to N, such as 2/4; it is ${JSON.stringify(text)}.`,
  );
}

function whole(name: string, text: string | undefined, least: number, most: number) {
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(
    `--${name} is a whole number from ${least} to ${most}; it is ${JSON.stringify(text)}.`,
  );
}

/** With its zone: where a scheduler runs is nobody's local time. */
function time(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = /(Z|[+-]\d\d:?\d\d)$/i.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(at)) return at;
  throw new UsageError(
    `--received is a time with its zone, such as 2026-11-30T18:00Z; it is ${JSON.stringify(text)}.`,
  );
}
