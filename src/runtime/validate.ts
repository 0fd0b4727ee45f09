/**
 * The host's customs: everything that comes out of a realm is copied field by field into fresh
 * objects, with its type, size and shape checked. What does not fit is refused whole.
 */
import { SABOTAGES } from '../crime/sabotages.ts';
import { isMeasure, isMeasureName } from '../shared/measures.ts';
import type { Measures } from '../shared/measures.ts';
import type { ReaderErrorData } from '../shared/reader-error.ts';
import { caps } from './caps.ts';
import { readModule } from './validate-module.ts';
import { readPlainResult } from './validate-plain.ts';
import { readOutputItem } from './validate-output.ts';
import {
  Refused,
  bounded,
  optional,
  readArray,
  readInteger,
  readNumber,
  readOneOf,
  readRecord,
  readString,
} from './validate-values.ts';
import type { CheckFeedback, CheckReport, CheckResult, ProgressUpdate } from './protocol.ts';
import type { PeerAnswer } from './realm/peer-port.ts';
import type { FromRealm } from './wire.ts';

export { Refused };

/** @throws {Refused} if the message is not exactly one that a realm sends. */
export function readMessage(value: unknown): FromRealm {
  const message = readRecord(value, 'message');
  const type = readString(message['type'], 'type', 20);
  const id = (name: string): number => readInteger(message[name], name);
  switch (type) {
    case 'ready':
      return {
        type,
        backend: readString(message['backend'], 'backend', 20),
        ...optional('note', message['note'], (note) => bounded(note, 'note', caps.errorLength)),
      };
    case 'output':
      return {
        type,
        run: id('run'),
        items: readArray(message['items'], 'items', 2_000, readOutputItem),
      };
    case 'omitted':
      return { type, run: id('run'), lines: id('lines'), items: id('items') };
    case 'progress':
      return { type, run: id('run'), progress: readProgress(message['progress']) };
    case 'verdict':
      return {
        type,
        run: id('run'),
        sabotage: readOneOf(message['sabotage'], 'sabotage', SABOTAGES),
      };
    case 'file':
      return {
        type,
        run: id('run'),
        request: id('request'),
        name: readString(message['name'], 'name', caps.labelLength),
        ...optional('part', message['part'], (part) => readInteger(part, 'part')),
      };
    case 'compiled':
      return { type, run: id('run'), module: readModule(message['module']) };
    case 'refused':
      return { type, run: id('run'), error: readError(message['error']) };
    case 'doing':
      return {
        type,
        run: id('run'),
        ...optional('name', message['name'], (name) => readString(name, 'name', caps.labelLength)),
      };
    case 'done':
      return {
        type,
        run: id('run'),
        ...optional('exports', message['exports'], (names) =>
          readArray(names, 'exports', 1_000, (name) =>
            readString(name, 'export', caps.labelLength),
          ),
        ),
        ...optional('error', message['error'], readError),
        // A task's value has a shape of its own, read by who asked for it.
        ...('value' in message ? { value: message['value'] } : {}),
      };
    case 'pong':
      return { type, ping: id('ping') };
    default:
      throw new Refused(`unknown message ${type}`);
  }
}

/** What a submission sent to its judge. @throws {Refused} if it is no answer to a call */
export function readAnswer(value: unknown): PeerAnswer {
  const answer = readRecord(value, 'answer');
  return {
    call: readInteger(answer['call'], 'call'),
    result: readPlainResult(answer['result'], readError),
  };
}

function readProgress(value: unknown): ProgressUpdate {
  const progress = readRecord(value, 'progress');
  const total = readNumber(progress['total'], 'total');
  const done = readNumber(progress['done'], 'done');
  if (!(total > 0) || !(done >= 0) || done > total || !Number.isFinite(total))
    throw new Refused('progress out of range');
  return { done, total, label: bounded(progress['label'], 'label', caps.labelLength) };
}

export function readError(value: unknown): ReaderErrorData {
  const error = readRecord(value, 'error');
  const text = (name: string): string => bounded(error[name], name, caps.errorLength);
  return {
    code: readString(error['code'], 'code', 60),
    explain: text('explain'),
    ...optional('elaborate', error['elaborate'], () => text('elaborate')),
    ...optional('hint', error['hint'], () => text('hint')),
    ...optional('location', error['location'], (given) => {
      const location = readRecord(given, 'location');
      return {
        line: readInteger(location['line'], 'line'),
        ...optional('column', location['column'], (column) => readInteger(column, 'column')),
      };
    }),
  };
}

/** The judge's report, as it came out of the judge's realm. */
export function readReport(value: unknown): CheckReport {
  const report = readRecord(value, 'report');
  const results = readArray(report['results'], 'results', 200, readResult);
  const error = optional('error', report['error'], readError);
  return {
    // Not the word of the realm: what the results say.
    passed:
      results.length > 0 &&
      results.every(({ status }) => status === 'passed') &&
      error.error === undefined,
    results,
    ...optional('measures', report['measures'], readMeasures),
    ...optional('mistake', report['mistake'], (given) => {
      const mistake = readRecord(given, 'mistake');
      return {
        name: readString(mistake['name'], 'name', caps.labelLength),
        advice: bounded(mistake['advice'], 'advice', caps.errorLength),
      };
    }),
    ...error,
    seed: readInteger(report['seed'], 'seed'),
    elapsedMs: readNumber(report['elapsedMs'], 'elapsedMs'),
  };
}

/** Known names and numbers that can be: nothing else reaches the reader's record. */
function readMeasures(value: unknown): Measures {
  const measures: Measures = {};
  for (const [name, measured] of Object.entries(readRecord(value, 'measures'))) {
    if (!isMeasureName(name)) throw new Refused(`no measure is called ${name.slice(0, 40)}`);
    if (!isMeasure(name, measured)) throw new Refused(`${name} cannot be measured so`);
    measures[name] = measured;
  }
  return measures;
}

function readResult(value: unknown): CheckResult {
  const result = readRecord(value, 'result');
  return {
    id: readString(result['id'], 'id', caps.labelLength),
    name: bounded(result['name'], 'name', caps.errorLength),
    status: readOneOf(result['status'], 'status', ['passed', 'failed', 'not-run']),
    ...optional('feedback', result['feedback'], readFeedback),
  };
}

function readFeedback(value: unknown): CheckFeedback {
  const feedback = readRecord(value, 'feedback');
  const text = (name: 'called' | 'got' | 'expected') =>
    optional(name, feedback[name], (given) => bounded(given, name, caps.errorLength));
  return {
    message: bounded(feedback['message'], 'message', caps.errorLength),
    ...text('called'),
    ...text('got'),
    ...text('expected'),
    ...optional('error', feedback['error'], readError),
  };
}
