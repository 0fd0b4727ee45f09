import { sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../../scripts/command-line/usage-error.ts';
import { readArguments, USAGE } from '../../../../scripts/grade/arguments.ts';
import {
  inOrder,
  readShard,
  resultsFile,
  shardFile,
  shareOf,
  wholeBatch,
} from '../../../../scripts/grade/shards.ts';

const needed = ['hand-ins', '--assignment', 'a.json', '--out', 'marks.csv'];

describe('the command line of npm run grade', () => {
  it('needs hand-ins, an assignment and a place for the marks, and no more', () => {
    const args = readArguments(needed);
    expect(args).toMatchObject({
      command: 'grade',
      shard: wholeBatch,
      resume: false,
      force: false,
    });
    if (args === 'help' || args.command !== 'grade') return expect.unreachable();
    expect(args.inputs[0]).toMatch(new RegExp(`\\${sep}hand-ins$`));
    expect(args.jobs).toBeGreaterThanOrEqual(1);
    expect(args.seed).toBeUndefined();
  });

  it('reads every option', () => {
    expect(
      readArguments([
        ...needed,
        ...['--private-checks', 'mine.ts', '--key', 'key.json', '--jobs', '3', '--seed', '7'],
        ...['--shard', '2/4', '--received', '2026-11-30T18:00Z', '--resume', '--force'],
      ]),
    ).toMatchObject({
      jobs: 3,
      seed: 7,
      shard: { part: 2, of: 4 },
      received: Date.UTC(2026, 10, 30, 18),
      resume: true,
      force: true,
    });
    expect(readArguments(['--help'])).toBe('help');
    expect(readArguments([...needed, '--merge'])).toMatchObject({ command: 'merge' });
  });

  it('names every option in its help', () => {
    for (const option of [
      'assignment',
      'out',
      'private-checks',
      'key',
      'received',
      'jobs',
      'seed',
      'shard',
      'resume',
      'merge',
      'force',
    ]) {
      expect(USAGE).toContain(`--${option}`);
    }
  });

  it.each([
    [['hand-ins', '--out', 'marks.csv'], '--assignment is missing'],
    [['hand-ins', '--assignment', 'a.json'], '--out is missing'],
    [['hand-ins', '--assignment', 'a.json', '--out', 'marks.xlsx'], 'ends in .csv'],
    [['--assignment', 'a.json', '--out', 'marks.csv'], 'the folder is missing'],
    [[...needed, '--jobs', '0'], '--jobs is a whole number'],
    [[...needed, '--jobs', '2.5'], '--jobs is a whole number'],
    [[...needed, '--seed', '-1'], 'seed'],
    [[...needed, '--seed', '4294967296'], '--seed is a whole number'],
    [[...needed, '--shard', '1/4'], '--shard needs --seed'],
    [[...needed, '--seed', '1', '--shard', '0/4'], '--shard is I/N'],
    [[...needed, '--seed', '1', '--shard', '5/4'], '--shard is I/N'],
    [[...needed, '--seed', '1', '--shard', 'one'], '--shard is I/N'],
    [[...needed, '--received', 'yesterday'], '--received is a time with its zone'],
    [[...needed, '--received', '2026-11-30T18:00'], '--received is a time with its zone'],
    [[...needed, '--merge', '--jobs', '2'], 'leave out --jobs'],
    [[...needed, '--what'], '--what'],
  ])('refuses %j', (args, message) => {
    expect(() => readArguments(args)).toThrow(UsageError);
    expect(() => readArguments(args)).toThrow(message);
  });
});

describe('parts of a batch', () => {
  it('have together everything once, whatever the order in which it was read', () => {
    const items = Array.from({ length: 101 }, (_, index) => `student-${index}.json`);
    const backwards = items.toReversed();
    for (const of of [1, 2, 3, 7, 101, 200]) {
      const parts = Array.from({ length: of }, (_, index) => ({ part: index + 1, of }));
      const shares = parts.map((shard) => shareOf(items, (item) => item, shard));
      expect(shares.flat().sort()).toEqual(items.toSorted());
      expect(parts.map((shard) => shareOf(backwards, (item) => item, shard))).toEqual(shares);
      const sizes = shares.map(({ length }) => length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }
  });

  it('are ordered by code units, not by a locale', () => {
    expect(inOrder(['b', 'ä', 'B', 'a'], (item) => item)).toEqual(['B', 'a', 'b', 'ä']);
  });

  it('are named in their files', () => {
    expect(readShard('12/12')).toEqual({ part: 12, of: 12 });
    expect(readShard('1/1001')).toBeUndefined();
    expect(shardFile('/x/marks.csv', { part: 2, of: 4 })).toBe('/x/marks.2-of-4.csv');
    expect(shardFile('/x/marks.csv', wholeBatch)).toBe('/x/marks.csv');
    expect(resultsFile('/x/marks.2-of-4.csv')).toBe('/x/marks.2-of-4.results.jsonl');
  });
});
