import { describe, expect, it } from 'vitest';
import { findScormApi, type ScormApi } from '../../../../src/instructor/scorm/find-api.ts';
import { LmsSession } from '../../../../src/instructor/scorm/lms-session.ts';

/** A course system that writes down what it is asked; `answers` overrides what it says to a function or an element. */
function system(values: Record<string, string> = {}, answers: Record<string, unknown> = {}) {
  const calls: string[] = [];
  const answer = (call: string, name: string, otherwise: unknown): unknown => {
    calls.push(call);
    const given = name in answers ? answers[name] : otherwise;
    if (given instanceof Error) throw given;
    return given;
  };
  const api: ScormApi = {
    LMSInitialize: () => answer('initialize', 'LMSInitialize', 'true'),
    LMSFinish: () => answer('finish', 'LMSFinish', 'true'),
    LMSCommit: () => answer('commit', 'LMSCommit', 'true'),
    LMSGetValue: (element) => answer(`get ${element}`, element, values[element] ?? ''),
    LMSSetValue: (element, value) => answer(`${element} = ${value}`, element, 'true'),
    LMSGetLastError: () => '391',
    LMSGetErrorString: () => 'General commit failure',
  };
  return { api, calls };
}

const kept = { suspendData: 'hw1:0:1', score: 62.5, complete: false };

describe('a talk with the course system', () => {
  it('opens, keeps, and closes once', () => {
    const { api, calls } = system({
      'cmi.core.student_id': 's1',
      'cmi.suspend_data': 'hw1:0:',
      'cmi.core.lesson_mode': 'normal',
    });
    let now = 1_000;
    const session = new LmsSession(api, () => now);
    expect(session.start()).toEqual({
      studentId: 's1',
      suspendData: 'hw1:0:',
      begun: false,
      counts: true,
    });
    calls.length = 0;
    expect(session.keep(kept)).toBeUndefined();
    expect(session.keep({ ...kept, complete: true })).toBeUndefined();
    now += 65_000;
    expect(session.finish()).toBeUndefined();
    expect(session.finish()).toBeUndefined();
    expect(session.keep(kept)).toBeUndefined();
    expect(calls).toEqual([
      ...['incomplete', 'completed'].flatMap((status) => [
        'cmi.core.score.min = 0',
        'cmi.core.score.max = 100',
        'cmi.suspend_data = hw1:0:1',
        'cmi.core.score.raw = 62.5',
        `cmi.core.lesson_status = ${status}`,
        'commit',
      ]),
      'cmi.core.exit = suspend',
      'cmi.core.session_time = 0000:01:05.00',
      'finish',
    ]);
  });

  it.each([
    ['false', 'false'],
    ['false as a boolean', false],
    ['nothing', undefined],
    ['an error', new Error('no')],
  ])('says so when the system answers %s', (_, answer) => {
    const refusing = system({}, { LMSInitialize: answer });
    const refused = new LmsSession(refusing.api);
    expect(refused.start()).toBeUndefined();
    expect(refused.open).toBe(false);
    expect(refused.finish()).toBeUndefined();
    expect(refusing.calls).toEqual(['initialize']);

    for (const what of ['LMSCommit', 'cmi.suspend_data', 'cmi.core.score.raw']) {
      const { api, calls } = system({}, { [what]: answer });
      const session = new LmsSession(api);
      session.start();
      expect(session.keep(kept), what).toBe('391: General commit failure');
      expect(calls).toContain('commit');
    }
    const closing = new LmsSession(system({}, { LMSFinish: answer }).api);
    closing.start();
    expect(closing.finish()).toBe('391: General commit failure');
  });

  it('takes true as a boolean too, and does without a least and a highest score', () => {
    const { api } = system(
      {},
      {
        LMSInitialize: true,
        LMSCommit: true,
        'cmi.core.score.min': 'false',
        'cmi.core.score.max': 'false',
      },
    );
    const session = new LmsSession(api);
    expect(session.start()).toBeDefined();
    expect(session.keep(kept)).toBeUndefined();
  });

  it.each(['review', 'browse'])('writes nothing in %s mode, and still closes', (mode) => {
    const { api, calls } = system({ 'cmi.core.lesson_mode': mode });
    const session = new LmsSession(api);
    expect(session.start()?.counts).toBe(false);
    session.keep(kept);
    session.finish();
    expect(calls.filter((call) => call.includes('='))).toEqual([]);
    expect(calls.at(-1)).toBe('finish');
  });

  it('knows whether there was earlier work', () => {
    for (const status of ['incomplete', 'completed', 'passed', 'failed', 'browsed']) {
      const { api } = system({ 'cmi.core.lesson_status': status });
      expect(new LmsSession(api).start()?.begun, status).toBe(true);
    }
    const { api } = system({ 'cmi.core.lesson_status': 'not attempted' });
    expect(new LmsSession(api).start()?.begun).toBe(false);
  });

  it('reads what is no text as nothing', () => {
    const { api } = system({}, { 'cmi.suspend_data': null, 'cmi.core.student_id': 7 });
    expect(new LmsSession(api).start()).toMatchObject({ suspendData: '', studentId: '' });
  });
});

describe('the way to the course system', () => {
  const { api } = system();
  /** A window below `count` others, the topmost with `top` of its own. */
  const below = (count: number, top: object): object => {
    const highest: { parent?: object } = { ...top };
    highest.parent = highest;
    let window: object = highest;
    for (let level = 0; level < count; level++) window = { parent: window };
    return window;
  };
  const foreign = (parent: object): object =>
    Object.defineProperty({ parent }, 'API', {
      get: () => {
        throw new Error('SecurityError');
      },
    });

  it.each([0, 1, 10])('is found %i levels up', (levels) => {
    expect(findScormApi(below(levels, { API: api }))).toBe(api);
  });

  it('is found past a window of another origin', () => {
    expect(findScormApi({ parent: foreign(below(1, { API: api })) })).toBe(api);
  });

  it('is found from the window that opened this one, or one above it', () => {
    expect(findScormApi(below(0, { opener: below(3, { API: api }) }))).toBe(api);
    expect(findScormApi(below(2, { opener: below(0, { API: api }) }))).toBe(api);
  });

  it('is not anything that is merely called API', () => {
    for (const other of [null, 1, 'API', {}, { LMSInitialize: 1 }]) {
      expect(findScormApi(below(1, { API: other }))).toBeUndefined();
    }
  });

  it('ends where windows go round in a circle, and where there are none', () => {
    const one: { parent?: object } = {};
    one.parent = { parent: one };
    expect(findScormApi(one)).toBeUndefined();
    expect(findScormApi({})).toBeUndefined();
  });
});
