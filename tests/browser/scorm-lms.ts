/**
 * The page of a course system, with scorm-again as its runtime. What it keeps lies in localStorage under `lms`; `refuse`
 * there makes it answer "false" when it should keep something.
 */
import { Scorm12API } from 'scorm-again';

declare global {
  interface Window {
    API: Scorm12API;
    /** Functions that the package called, in order. */
    calls: string[];
    /** Calls that were not answered with "true". */
    refused: string[];
  }
}

const api = new Scorm12API({ autocommit: false, logLevel: 'NONE' });
const kept = JSON.parse(localStorage.getItem('lms') ?? 'null') as {
  suspend_data: string;
  core: { lesson_status: string };
} | null;
api.cmi.core.student_id = 's-1';
api.cmi.core.student_name = 'Lovelace, Ada';
if (kept) {
  api.cmi.suspend_data = kept.suspend_data;
  api.cmi.core.lesson_status = kept.core.lesson_status;
}

window.calls = [];
window.refused = [];
for (const name of ['LMSInitialize', 'LMSSetValue', 'LMSCommit', 'LMSFinish'] as const) {
  const call = (api[name] as (...given: unknown[]) => string).bind(api);
  Object.assign(api, {
    [name]: (...given: unknown[]): string => {
      const keeps = name === 'LMSCommit' || name === 'LMSFinish';
      const refuses = keeps && localStorage.getItem('refuse') !== null;
      const answer = refuses ? 'false' : call(...given);
      window.calls.push(name);
      if (answer !== 'true') window.refused.push([name, ...given].join(' '));
      if (keeps && !refuses) {
        localStorage.setItem('lms', JSON.stringify(api.cmi));
      }
      return answer;
    },
  });
}
window.API = api;

const asked = new URLSearchParams(location.search);
const levels = Number(asked.get('levels') ?? 0);
const url = levels > 0 ? `frame.html?levels=${levels}` : 'course/index.html';
if (asked.has('window')) {
  const open = document.createElement('button');
  open.textContent = 'Open the package';
  open.addEventListener('click', () => window.open(url, 'package'));
  document.body.append(open);
} else {
  const frame = document.createElement('iframe');
  frame.src = url;
  frame.title = 'Package';
  frame.style.cssText = 'width:100%;height:700px;border:0';
  document.body.append(frame);
}
