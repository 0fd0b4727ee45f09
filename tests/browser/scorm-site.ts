/** A course system with a package in it: scorm-again in a page, which opens the package in a frame below it. */
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { bundlePageScript } from '../../scripts/local-site/bundle-page-script.ts';
import { listenLocally } from '../../scripts/local-site/listen-locally.ts';
import { scoAssets } from '../../src/build/scorm-assets.ts';
import { portableQuestion } from '../../src/components/Instructor/Scorm/portable-question.ts';
import { parseQuiz } from '../../src/exercises/quiz.ts';
import { scormPackage } from '../../src/instructor/scorm/scorm-package.ts';
import type { ScormCourse } from '../../src/instructor/scorm/course.ts';

export interface ScormSite {
  /** Of the course system; `?levels=3` puts frames between it and the package, `?window` opens it in a window. */
  url: string;
  course: ScormCourse;
  close(): Promise<void>;
}

const questionsOf = (file: string) =>
  parseQuiz(readFileSync(`content/quizzes/${file}.yaml`, 'utf8'), file);

/** Three questions of the book, the last with maths, and an exercise. */
export async function bookCourse(): Promise<ScormCourse> {
  const maths = questionsOf('chapter-5-2').find(({ question, options }) =>
    [question, ...options.map(({ text }) => text)].some((text) => text.includes('$')),
  );
  if (maths === undefined)
    throw new Error('No question of chapter-5-2.yaml has maths: name another file.');
  const chosen = [...questionsOf('chapter-1').slice(0, 2), maths];
  const questions = await Promise.all(
    chosen.map(async (each) => ({ ...(await portableQuestion(each)), points: 2 })),
  );
  return {
    id: 'a0123456789',
    title: 'Weights & “measures” <1>',
    instructionsHtml: '<p>Answer all of them.</p>',
    questions,
    attempts: 0,
    links: [{ kind: 'exercise', title: 'Count the bytes', points: 5 }],
    assignmentUrl: 'https://book.example/assignment/#a=aabc',
    needsFile: false,
  };
}

export async function startScormSite(): Promise<ScormSite> {
  const course = await bookCourse();
  const files = unzipSync(scormPackage(course, await scoAssets()));
  const pages = new Map<string, { type: string; body: string | Uint8Array }>(
    Object.entries(files).map(([name, body]) => [`course/${name}`, { type: typeOf(name), body }]),
  );
  pages.set('lms.html', { type: 'text/html', body: lms });
  pages.set('lms.js', {
    type: 'text/javascript',
    body: await bundlePageScript('tests/browser/scorm-lms.ts'),
  });
  pages.set('frame.html', { type: 'text/html', body: frame });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    const found = pages.get(pathname.slice(1));
    response.writeHead(found ? 200 : 404, { 'content-type': found?.type ?? 'text/plain' });
    response.end(found?.body);
  });
  const { origin, close } = await listenLocally(server);
  return {
    course,
    url: `${origin}/lms.html`,
    close,
  };
}

const typeOf = (name: string): string =>
  ({ html: 'text/html', js: 'text/javascript', css: 'text/css', xml: 'text/xml' })[
    name.split('.').at(-1)!
  ] ?? 'text/plain';

const head = '<!doctype html><html lang="en"><head><meta charset="utf-8">';
const lms = `${head}<title>Course</title><link rel="icon" href="data:,"></head>
<body><h1>Course</h1><script src="lms.js"></script></body></html>`;

/** Passes a package on to the frame below, `levels` times. */
const frame = `${head}<title>Between</title></head><body><script>
const left = Number(new URLSearchParams(location.search).get('levels'));
const below = document.createElement('iframe');
below.src = left > 1 ? 'frame.html?levels=' + (left - 1) : 'course/index.html';
below.style.cssText = 'width:100%;height:700px;border:0';
document.body.append(below);
</script></body></html>`;
