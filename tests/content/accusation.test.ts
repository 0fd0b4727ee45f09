import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBookSandbox } from '../../src/build/book-sandbox.ts';
import { cellPath } from '../../src/build/section-sources.ts';
import { SABOTAGES, SUSPECTS, drawDeed } from '../../src/crime/index.ts';
import type { NodeSandbox } from '../../src/runtime/node-session.ts';
import type { OutputItem, RunEvent } from '../../src/runtime/protocol.ts';
import { FIRST_CASES } from '../support/first-cases.ts';

const CHAPTER = '06-the-final-problem';
const GIVEN = "{ sabotage: 'bias-scale', layer: 'logits' }";
const cell = (id: string): string => readFileSync(cellPath(CHAPTER, `${id}.ts`), 'utf8');

let sandbox: NodeSandbox;
beforeAll(async () => {
  sandbox = await openBookSandbox();
}, 240_000);
afterAll(() => sandbox.dispose());

async function run(id: string, caseNumber: number, code = cell(id)) {
  const events: RunEvent[] = [];
  const outcome = await sandbox.run(
    // One worker for all, which counts each mended file once.
    { cell: id, section: 'accusation', code, seed: 1895, caseNumber, limitMs: 240_000 },
    (event) => void events.push(event),
  ).done;
  expect(outcome.error).toBeUndefined();
  const outputs = events.flatMap((event) => (event.type === 'output' ? [event.item] : []));
  const verdicts = events.filter((event) => event.type === 'verdict');
  return { outputs, verdicts, text: textOf(outputs) };
}

/** Everything that a reader can read of it. */
const textOf = (outputs: OutputItem[]): string =>
  outputs.map((item) => (item.kind === 'console' ? item.text : JSON.stringify(item))).join('\n');

/** The accusing cell with another accusation in the place of the given one. */
function accusing(accusation: object, mended = 'mended'): string {
  const code = cell('the-accusation');
  expect(code.split(GIVEN)).toHaveLength(2);
  return code
    .replace(GIVEN, JSON.stringify(accusation))
    .replace('accuse(accusation, mended)', `accuse(accusation, ${mended})`);
}

const truthOf = (caseNumber: number): Record<string, unknown> => {
  const { sabotage, layer, specimen } = drawDeed(caseNumber);
  return layer === undefined ? { sabotage, specimen } : { sabotage, layer };
};

/** A name of the six, or what would be one in the code. */
const NAMES = new RegExp(SABOTAGES.map((sabotage) => SUSPECTS[sabotage].name).join('|'));

describe.each(FIRST_CASES)(
  'the cells of 6.3 in a case of $sabotage',
  ({ sabotage, caseNumber }) => {
    it('gather and mend without a name, refuse what is given, and convict for what was done', async () => {
      for (const id of ['the-dossier', 'mend-the-file']) {
        const { text, verdicts } = await run(id, caseNumber);
        expect(text).not.toMatch(NAMES);
        for (const each of SABOTAGES) expect(text).not.toContain(each);
        expect(verdicts).toEqual([]);
      }

      const given = await run('the-accusation', caseNumber);
      expect(given.text).toMatch(/NOT PROVEN against Hubert Quill/);
      expect(given.text).toMatch(/does not say which/);
      expect(given.verdicts).toEqual([]);

      const right = await run('the-accusation', caseNumber, accusing(truthOf(caseNumber)));
      expect(right.text).toContain(`CONVICTED: ${SUSPECTS[sabotage].name}, `);
      expect(right.verdicts).toEqual([{ type: 'verdict', caseNumber, sabotage }]);

      for (const other of FIRST_CASES) {
        if (other.sabotage === sabotage) continue;
        const truth = truthOf(other.caseNumber);
        const wrong = await run('the-accusation', caseNumber, accusing(truth));
        expect(wrong.text, JSON.stringify(truth)).toMatch(/NOT PROVEN/);
        expect(wrong.verdicts).toEqual([]);
      }
    }, 240_000);
  },
);

describe('the right deed at another place, and the right accusation with no repair', () => {
  const { caseNumber } = FIRST_CASES[4]!;
  const truth = truthOf(caseNumber);

  it('say no more than a wrong deed does', async () => {
    const elsewhere = await run(
      'the-accusation',
      caseNumber,
      accusing({ ...truth, layer: 'conv_4_pointwise' }),
    );
    expect(elsewhere.text).toMatch(
      /Either another thing was done .*; the engine does not say which/,
    );
    expect(elsewhere.verdicts).toEqual([]);
  }, 240_000);

  it('an accusation is not heard with the trial file itself, right or wrong, and nobody is named', async () => {
    const right = await run('the-accusation', caseNumber, accusing(truth, 'file'));
    const wrong = await run(
      'the-accusation',
      caseNumber,
      accusing(JSON.parse('{"sabotage":"stale-mask","layer":"conv_1"}'), 'file'),
    );
    expect(right.text).toMatch(/NOT HEARD/);
    expect(right.text).not.toMatch(NAMES);
    expect(wrong.text).toBe(right.text);
    expect([...right.verdicts, ...wrong.verdicts]).toEqual([]);
  }, 240_000);
});
