import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeHandIn } from '../../../src/instructor/hand-in-file.ts';
import { handInText, isHandInText, readHandInText } from '../../../src/instructor/hand-in-text.ts';
import { codeOf } from './example-assignment.ts';
import { exampleHandIn } from './example-hand-in.ts';

const file = writeHandIn(await exampleHandIn());
const text = handInText(file);

describe('a hand-in as text', () => {
  it('comes back as the file it was, whatever that held', () => {
    expect(readHandInText(text)).toBe(file);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2000 }), (any) => {
        fc.pre(any.isWellFormed());
        expect(readHandInText(handInText(any))).toBe(any);
      }),
    );
  });

  it('has lines that mail programs leave alone', () => {
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(64);
    expect(text).toMatch(/^[\w+/= \n-]+$/);
    expect(text).not.toContain('--');
  });

  it.each<[string, (text: string) => string]>([
    ['words before and after', (own) => `Dear Mr. Holmes,\nhere it is.\n\n${own}\nYours, Zoë\n`],
    ['ends of lines of Windows', (own) => own.replaceAll('\n', '\r\n')],
    ['marks of quotation', (own) => own.replace(/^/gm, '> > ')],
    ['spaces at both ends of lines', (own) => own.replace(/^|$/gm, ' \u00A0 ')],
    ['one long line', (own) => own.replaceAll('\n', ' ')],
    [
      'other breaks of lines',
      (own) =>
        own.replace(/(?<=HAND-IN ===\n)[\s\S]*(?=\n=== END)/, (body) =>
          body.replaceAll('\n', '').replace(/(.{30})/g, '$1\n'),
        ),
    ],
    ['paragraphs of HTML', (own) => own.replace(/^(.*)$/gm, '<p class="x">$1&nbsp;</p>')],
    ['equals signs that a form took away', (own) => own.replaceAll('=', '')],
    [
      'small letters in the first and last line',
      (own) => own.replace(/=== .* ===/g, (line) => line.toLowerCase()),
    ],
    ['a dash in the first and last line', (own) => own.replaceAll('HAND-IN', 'HAND–IN')],
  ])('survives %s', (_what, change) => {
    const changed = change(text);
    expect(isHandInText(changed)).toBe(true);
    expect(readHandInText(changed)).toBe(file);
  });

  it.each<[string, (text: string) => string, string]>([
    ['nothing', () => '', 'hand-in-text-missing'],
    ['other words', () => 'My hand-in is attached.', 'hand-in-text-missing'],
    ['no end', (own) => own.slice(0, -60), 'hand-in-text-cut'],
    ['a line less', (own) => own.split('\n').toSpliced(2, 1).join('\n'), 'hand-in-text-damaged'],
    [
      'two lines exchanged',
      (own) => {
        const lines = own.split('\n');
        return [lines[0], lines[2], lines[1], ...lines.slice(3)].join('\n');
      },
      'hand-in-text-damaged',
    ],
    [
      'nothing between the two lines',
      (own) =>
        own
          .split('\n')
          .filter((line) => line.startsWith('='))
          .join('\n'),
      'hand-in-text-damaged',
    ],
    ['a bomb', () => handInText('0'.repeat(20_000_001)), 'hand-in-text-damaged'],
  ])('is refused with %s', async (_what, change, code) => {
    expect(await codeOf(() => readHandInText(change(text)))).toBe(code);
  });

  it('takes no long time over a text of beginnings', async () => {
    const flood = 'BEGIN HEAVY WEIGHTS HAND-IN\n'.repeat(50_000);
    const started = performance.now();
    expect(await codeOf(() => readHandInText(flood))).toBe('hand-in-text-cut');
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
