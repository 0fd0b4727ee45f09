import { describe, expect, it } from 'vitest';
import { pinQuestions } from '../../../../src/instructor/build/pin-questions.ts';
import type { Item, PinnedQuestion } from '../../../../src/schemas/assignment.ts';

const question = (version: string, right = 'yes'): PinnedQuestion => ({
  version,
  question: 'Is it so?',
  options: ['yes', 'no'].map((text) => ({ text, correct: text === right })),
});
const quiz = (id: string, version = '111111111111'): Item => ({
  kind: 'quiz',
  id,
  points: 1,
  version,
});
const items: Item[] = [
  quiz('second'),
  { kind: 'exercise', id: 'twins', points: 1, partial: 'per-check', version: '111111111111' },
  { kind: 'written', id: 'why', points: 1, prompt: 'Why?', rubric: [] },
  quiz('first'),
];

describe('pinQuestions', () => {
  it('keeps the questions alone, in their order', async () => {
    const asked: string[] = [];
    const { pinnedQuestions, lost } = await pinQuestions({ items }, {}, async (id) => {
      asked.push(id);
      return question('111111111111');
    });
    expect(Object.keys(pinnedQuestions)).toEqual(['second', 'first']);
    expect(pinnedQuestions['first']).toEqual(question('111111111111'));
    expect(lost).toEqual([]);
    expect(asked).toEqual(['second', 'first']);
  });

  it('takes an old version from what was kept, and says when nothing has it', async () => {
    const kept = { second: question('111111111111', 'no') };
    const today = async (id: string) => (id === 'gone' ? undefined : question('222222222222'));
    const { pinnedQuestions, lost } = await pinQuestions(
      { items: [...items, quiz('gone')] },
      kept,
      today,
    );
    expect(pinnedQuestions).toEqual(kept);
    expect(lost).toEqual(['first', 'gone']);
  });

  it('is not taken in by a kept question of another version, or a name of every object', async () => {
    const kept = { second: question('999999999999', 'no') };
    const made = { items: [quiz('second'), quiz('valueOf')] };
    const { pinnedQuestions } = await pinQuestions(made, kept, async () =>
      question('111111111111'),
    );
    expect(pinnedQuestions['second']).toEqual(question('111111111111'));
    expect(pinnedQuestions['valueOf']).toEqual(question('111111111111'));
  });

  it('fails whole when the questions cannot be fetched', async () => {
    const run = pinQuestions({ items }, {}, () => Promise.reject(new Error('offline')));
    await expect(run).rejects.toThrow('offline');
  });
});
