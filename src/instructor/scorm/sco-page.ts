import { questionsMark } from './sco-state.ts';
import { scormStatement } from './course.ts';
import { scriptJson, xmlText } from './xml-text.ts';
import type { Scored } from './score.ts';
import type { ScormCourse, ScormQuestion } from './course.ts';

/** What the script of the package reads from its page. */
export interface ScoData {
  /** Id of the assignment. */
  id: string;
  /** See `questionsMark`. */
  mark: string;
  questions: Scored[];
}

export const scoData = ({ id, questions, attempts }: ScormCourse): ScoData => ({
  id,
  mark: questionsMark(questions),
  questions: questions.map(({ points, options }) => ({
    points,
    correct: options.findIndex(({ correct }) => correct),
    options: options.length,
    attempts,
  })),
});

/** `index.html` of the package: readable without its script, which only judges and keeps. */
export function scoPage(course: ScormCourse): string {
  const { title, instructionsHtml, questions } = course;
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${xmlText(title)}</title>
<link rel="stylesheet" href="sco.css">
</head>
<body>
<main>
<h1>${xmlText(title)}</h1>
${instructionsHtml}
<p class="status" role="status" data-part="status">Asking the course system where you stopped …</p>
<noscript><p>The questions need JavaScript to be answered.</p></noscript>
<h2>Questions</h2>
${questions.map((question, index) => questionHtml(question, index, questions.length)).join('\n')}
${linksHtml(course)}
<section class="close">
<p data-part="score" role="status"></p>
<button type="button" data-act="finish" disabled>Save and close</button>
</section>
<details>
<summary>What counts here, and what does not</summary>
${scormStatement(course)
  .map((sentence) => `<p>${xmlText(sentence)}</p>`)
  .join('\n')}
</details>
</main>
<script type="application/json" id="data">${scriptJson(scoData(course))}</script>
<script src="sco.js"></script>
</body>
</html>
`;
}

const points = (count: number): string => `${count} ${count === 1 ? 'point' : 'points'}`;

function questionHtml(question: ScormQuestion, index: number, count: number): string {
  const options = question.options.map(
    ({ html, why }, option) => `<div class="option" data-option="${option}">
<label><input type="radio" name="question-${index}" value="${option}"> <span>${html}</span></label>
<p class="why" hidden>${why}</p>
</div>`,
  );
  return `<form class="question" data-question="${index}" novalidate>
<fieldset>
<legend><span class="kicker">Question ${index + 1} of ${count} · ${points(question.points)}</span> ${question.html}</legend>
${options.join('\n')}
</fieldset>
<button type="submit" disabled>Answer</button>
<p class="answer" role="status" tabindex="-1"></p>
</form>`;
}

function linksHtml({ links, assignmentUrl, needsFile }: ScormCourse): string {
  if (links.length === 0) return '';
  const items = links.map(
    ({ title, points: worth }) => `<li>${xmlText(title)} (${points(worth)})</li>`,
  );
  const file = needsFile
    ? ' Open there the file for students, which your instructor gives out.'
    : '';
  return `<h2>To be done in the book</h2>
<p><a href="${xmlText(assignmentUrl)}" target="_blank" rel="noopener noreferrer">Open the assignment in the book</a>, in a window of its own.${file} Hand it in there, and give the file that you get to your instructor. Nothing of it is counted in the score here.</p>
<ul>
${items.join('\n')}
</ul>`;
}
