/** The script of a SCORM package: judges the answers, keeps them with the course system, and closes when the page does. */
import { findScormApi, type WindowLike } from '../../../../instructor/scorm/find-api.ts';
import { LmsSession } from '../../../../instructor/scorm/lms-session.ts';
import {
  fuller,
  noTries,
  readTries,
  withTry,
  writeTries,
  type Tries,
} from '../../../../instructor/scorm/sco-state.ts';
import { countRight, isComplete, scormScore } from '../../../../instructor/scorm/score.ts';
import type { ScoData } from '../../../../instructor/scorm/sco-page.ts';
import { readMirror, writeMirror } from './mirror.ts';
import { Question } from './question.ts';

const part = (name: string): HTMLElement => document.querySelector(`[data-part="${name}"]`)!;
const say = (sentence: string): void => {
  part('status').textContent = sentence;
};

const { id, mark, questions } = JSON.parse(document.getElementById('data')!.textContent) as ScoData;
const options = questions.map((question) => question.options);
const api = findScormApi(window as WindowLike);
const session = api && new LmsSession(api);
const opening = session?.start();
const student = opening?.studentId.trim();
const counts = opening?.counts ?? true;
let closed = false;
let mirrored = false;

let tries: Tries =
  fuller(
    readTries(opening?.suspendData ?? '', mark, options),
    counts ? readTries(readMirror(id, student), mark, options) : undefined,
  ) ?? noTries(questions.length);

const forms = questions.map((scored, index) => {
  const form = document.querySelector<HTMLFormElement>(`[data-question="${index}"]`)!;
  return new Question(form, scored, (option) => {
    if (closed) return;
    tries = withTry(tries, index, option);
    show();
    keep();
  });
});
const finishButton = document.querySelector<HTMLButtonElement>('[data-act="finish"]')!;

function show(): void {
  forms.forEach((form, index) => form.show(tries[index] ?? [], !closed && counts));
  part('score').textContent =
    `${countRight(questions, tries)} of ${questions.length} questions answered rightly. Score: ${scormScore(questions, tries)} of 100.`;
  finishButton.disabled = closed || !session?.open;
}

/** To the browser first: it cannot fail half-way. */
function keep(): void {
  if (!counts) return;
  const suspendData = writeTries(mark, tries);
  mirrored = writeMirror(id, student, suspendData);
  const problem = session?.keep({
    suspendData,
    score: scormScore(questions, tries),
    complete: isComplete(questions, tries),
  });
  if (problem !== undefined) sayLost(problem);
  else if (session?.open) say('Your answers are kept in your course.');
}

const sayLost = (problem: string): void => {
  say(
    `Your course system did not keep the answers (${problem}). ${
      mirrored
        ? 'They are kept in this browser: open the package here again later.'
        : 'This browser did not keep them either: write them down.'
    }`,
  );
};

/** Ends the talk with the course system, once. */
function finish(): void {
  if (closed || !session?.open) return;
  keep();
  const problem = session.finish();
  closed = true;
  show();
  if (problem === undefined) say('Saved in your course. You can close this window.');
  else sayLost(problem);
}

finishButton.addEventListener('click', finish);
// The last moment that every browser grants. A page that comes back from the cache must open its talk anew.
addEventListener('pagehide', finish);
addEventListener('pageshow', (event: PageTransitionEvent) => {
  if (event.persisted && closed) location.reload();
});
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden' && session?.open) keep();
});

if (!api) say('No course system was found: your answers are kept in this browser only.');
else if (!opening)
  say('Your course system refused to open: answers are kept in this browser only.');
else if (!counts) say('You are looking at it again: nothing you do here is counted.');
else say('Your answers are kept in your course.');
show();
// So that the course shows it as begun, and takes what only this browser knew. Never nothing in place of an older score.
if (!opening?.begun || tries.some(({ length }) => length > 0)) keep();
