import type { CheckFeedback, CheckReport, CheckResult } from '../../runtime/protocol.ts';
import { make } from '../live/dom.ts';
import { errorNotice } from '../Output/error-notice.ts';
import { formatElapsed } from '../Output/format-number.ts';
import { textWithCode } from '../Output/text-with-code.ts';
import { visibleText } from '../Output/visible-text.ts';

const words = { passed: 'Passed', failed: 'Failed', 'not-run': 'Not run' } as const;
const icons = { passed: '✓', failed: '✗', 'not-run': '–' } as const;

const feedbackNodes = (feedback: CheckFeedback, goTo: (line: number) => void): Node[] => {
  const rows = (['called', 'got', 'expected'] as const).flatMap((key) => {
    const value = feedback[key];
    if (value === undefined) return [];
    return [
      make('dt', { textContent: key }),
      make('dd', {}, [make('code', { textContent: visibleText(value) })]),
    ];
  });
  return [
    make('p', {}, textWithCode(feedback.message)),
    ...(rows.length > 0 ? [make('dl', {}, rows)] : []),
    ...(feedback.error === undefined ? [] : [errorNotice(feedback.error, goTo)]),
  ];
};

const resultItem = (
  { id, name, status, feedback }: CheckResult,
  goTo: (line: number) => void,
): HTMLElement => {
  const icon = make('span', {
    className: 'hw-icon',
    ariaHidden: 'true',
    textContent: icons[status],
  });
  const item = make('li', {}, [
    make('p', { className: 'hw-check' }, [
      icon,
      make('b', {}, [`${words[status]}: `]),
      visibleText(name),
    ]),
    ...(feedback === undefined ? [] : feedbackNodes(feedback, goTo)),
  ]);
  item.dataset['check'] = id;
  item.dataset['status'] = status;
  return item;
};

/** One sentence over all checks. */
export const summary = ({ passed, results, elapsedMs, error }: CheckReport): string => {
  const good = results.filter(({ status }) => status === 'passed').length;
  if (results.length === 0)
    return error === undefined ? 'No check ran.' : 'The code could not be checked.';
  const time = formatElapsed(elapsedMs);
  return passed
    ? `All ${results.length} checks passed, in ${time}.`
    : `${good} of ${results.length} checks passed, in ${time}.`;
};

/** What a Check found: a summary, the advice for a known mistake, then every check by name. */
export const reportNodes = (report: CheckReport, goTo: (line: number) => void): Node[] => [
  make('p', { className: 'hw-summary', textContent: summary(report) }),
  ...(report.error === undefined ? [] : [errorNotice(report.error, goTo)]),
  ...(report.mistake === undefined
    ? []
    : [
        make('p', { className: 'hw-advice' }, [
          make('b', {}, ['A known slip. ']),
          ...textWithCode(report.mistake.advice),
        ]),
      ]),
  make(
    'ul',
    { className: 'hw-checks' },
    report.results.map((result) => resultItem(result, goTo)),
  ),
];

/** The line of the reader's text at which a Check met an error, if it met one. */
export const errorLine = ({ error, results }: CheckReport): number | undefined =>
  [error, ...results.map(({ feedback }) => feedback?.error)].find(
    (each) => each?.location !== undefined,
  )?.location?.line;
