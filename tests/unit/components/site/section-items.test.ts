import { describe, expect, it } from 'vitest';
import { citeLabel } from '../../../../src/components/Cite/cite-label.ts';
import { standing } from '../../../../src/components/CaseBook/standing.ts';
import { sectionItems } from '../../../../src/components/site/section-items.ts';
import type { ExerciseRecord, ProgressData } from '../../../../src/progress/records.ts';

const empty: ProgressData = {
  cells: [],
  exercises: [],
  quizzes: [],
  predictions: [],
  places: [],
  settings: [],
  boards: [],
};

describe('sectionItems', () => {
  it('finds every live component in order, over several lines and with any attribute', () => {
    const body = `Text with 3 > 2 and <Cite id="x" />.
<Cell id="weigh" title="Weigh > measure" files={['lenet-300-100']} />
<Prediction
  id="which"
  question="What share: <half>?"
  options={['a > b', "b's"]}
>
Said.
</Prediction>
<Exercise id="count" />
<Quiz id="why" />`;
    expect(sectionItems('01-a/02-b', body)).toEqual([
      {
        key: 'cells:01-a/02-b/weigh',
        kind: 'cells',
        id: '01-a/02-b/weigh',
        title: 'Weigh > measure',
      },
      { key: 'predictions:which', kind: 'predictions', id: 'which', title: 'What share: <half>?' },
      { key: 'exercises:count', kind: 'exercises', id: 'count', title: undefined },
      { key: 'quizzes:why', kind: 'quizzes', id: 'why', title: undefined },
    ]);
  });
});

describe('standing', () => {
  const exercise: ExerciseRecord = {
    id: 'e',
    state: 'failed',
    code: '',
    attempts: 2,
    hintsShown: 0,
    solutionShown: false,
    lastResults: [],
    updatedAt: 1,
  };

  it('says how a thing stands', () => {
    const data: ProgressData = {
      ...empty,
      cells: [
        { id: 'a/b/c:d', code: '', runs: 1, updatedAt: 1 },
        { id: 'z', code: '', runs: 0, updatedAt: 1 },
      ],
      exercises: [{ ...exercise }, { ...exercise, id: 'once', passedAt: 5 }],
      quizzes: [
        { id: 'q', answers: [1, 0], correct: true, section: '1.1', updatedAt: 1 },
        { id: 'w', answers: [1], correct: false, section: '1.1', updatedAt: 1 },
      ],
      predictions: [{ id: 'p', question: '?', answer: 'half', updatedAt: 1 }],
    };
    const words = (key: string): string => standing(data, key).words;
    expect(words('cells:a/b/c:d')).toBe('run once');
    expect(words('cells:z')).toBe('edited, not run');
    expect(words('exercises:e')).toBe('not passed yet, checked 2 times');
    expect(standing(data, 'exercises:once')).toMatchObject({ state: 'passed', done: true });
    expect(words('quizzes:q')).toBe('right at try 2');
    expect(standing(data, 'quizzes:w')).toMatchObject({ state: 'failed', done: false });
    expect(words('predictions:p')).toBe('you said: half');
    expect(standing(data, 'predictions:none')).toEqual({
      state: 'untouched',
      words: 'not yet',
      done: false,
    });
  });
});

describe('citeLabel', () => {
  it('names one author, two, or the first of many', () => {
    expect(citeLabel({ authors: ['Mark Horowitz'], year: 2014 })).toBe('Horowitz 2014');
    expect(citeLabel({ authors: ['Jonathan Frankle', 'Michael Carbin'], year: 2019 })).toBe(
      'Frankle and Carbin 2019',
    );
    expect(citeLabel({ authors: ['Laurens van der Maaten', 'A B', 'C D'], year: 2008 })).toBe(
      'van der Maaten et al. 2008',
    );
    expect(citeLabel({ authors: ['Google'], year: 2026 })).toBe('Google 2026');
  });
});
