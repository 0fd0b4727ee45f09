/** The judge's end of the channel to a submission: what it takes, and what it ends the submission for. */
import { describe, expect, test, vi } from 'vitest';
import { caps } from '../../../src/runtime/caps.ts';
import { Calls } from '../../../src/runtime/realm/calls.ts';
import type { Plain, PlainResult } from '../../../src/runtime/wire.ts';
import type { PeerAnswer, PeerCall } from '../../../src/runtime/realm/peer-port.ts';

function open() {
  const sent: (PeerCall[] | PeerAnswer)[] = [];
  let receive!: (data: unknown) => void;
  const close = vi.fn();
  const onRefused = vi.fn();
  const calls = new Calls(
    {
      send: (message) => sent.push(message),
      listen: (listener) => {
        receive = listener;
      },
      close,
    },
    onRefused,
  );
  const call = (name: string, args: Plain[]): Promise<PlainResult> =>
    calls.callEach(name, [args])[0]!;
  const answer = (call: number, value: unknown = 2): void =>
    receive({ call, result: { ok: true, value } });
  return { calls, call, sent, close, onRefused, answer, receive: (data: unknown) => receive(data) };
}

describe('calls', () => {
  test('carry arguments there and a value back', async () => {
    const { calls, call, sent, answer } = open();
    const result = call('f', [1]);
    expect(sent).toEqual([[{ call: 1, name: 'f', args: [1] }]]);
    expect(calls.doing).toBe('f');
    answer(1);
    expect(await result).toEqual({ ok: true, value: 2 });
    expect(calls.doing).toBeUndefined();
  });

  test('of one list go in one message, and are answered one by one', async () => {
    const { calls, sent, answer } = open();
    const results = calls.callEach('f', [[1], [2], [3]]);
    expect(sent).toEqual([
      [
        { call: 1, name: 'f', args: [1] },
        { call: 2, name: 'f', args: [2] },
        { call: 3, name: 'f', args: [3] },
      ],
    ]);
    answer(1, 'one');
    expect(await results[0]).toEqual({ ok: true, value: 'one' });
    calls.end({ code: 'time-limit', explain: 'Too long.' });
    expect(await results[2]).toMatchObject({ ok: false, error: { code: 'time-limit' } });
  });

  test('an answer that nobody asked for, or a second one, goes nowhere', async () => {
    const { call, answer, onRefused } = open();
    const first = call('f', []);
    answer(2, 'early');
    answer(1, 'first');
    answer(1, 'second');
    const second = call('g', []);
    answer(2, 'right');
    expect(await first).toEqual({ ok: true, value: 'first' });
    expect(await second).toEqual({ ok: true, value: 'right' });
    expect(onRefused).not.toHaveBeenCalled();
  });

  test.each([
    ['no answer', { type: 'done', run: 7, value: { passed: true } }],
    ['a value of no known kind', { call: 1, result: { ok: true, value: { kind: 'verdict' } } }],
    ['nothing', null],
  ])('%s ends the submission, and the call with it', async (_, data) => {
    const { call, receive, onRefused, close } = open();
    const result = call('f', []);
    receive(data);
    expect(await result).toMatchObject({ ok: false, error: { code: 'too-much-output' } });
    expect(await call('f', [])).toMatchObject({ ok: false });
    expect(onRefused).toHaveBeenCalledOnce();
    expect(close).toHaveBeenCalledOnce();
  });

  test('a flood of answers ends it; many answers to many calls do not', async () => {
    const { call, answer, onRefused } = open();
    for (let number = 1; number <= caps.calls; number++) {
      const result = call('f', []);
      answer(number);
      await result;
    }
    expect(onRefused).not.toHaveBeenCalled();
    for (let count = 0; count <= caps.messages; count++) answer(1);
    expect(onRefused).toHaveBeenCalledOnce();
  });

  test('are no more than the cap', async () => {
    const { call, answer, onRefused, sent } = open();
    for (let number = 1; number <= caps.calls; number++) {
      void call('f', []);
      answer(number);
    }
    expect(await call('f', [])).toMatchObject({ ok: false });
    expect(onRefused).toHaveBeenCalledOnce();
    expect(sent).toHaveLength(caps.calls);
  });

  test('once ended, what waits is answered with why, and nothing more is sent or taken', async () => {
    const { calls, call, sent, answer, onRefused } = open();
    const error = { code: 'time-limit', explain: 'Too long.' };
    const waiting = call('f', []);
    calls.end(error);
    expect(await waiting).toEqual({ ok: false, error });
    expect(await call('f', [])).toEqual({ ok: false, error });
    answer(1);
    expect(sent).toHaveLength(1);
    expect(onRefused).not.toHaveBeenCalled();
  });
});
