/** The judge's end of the channel to a submission: what it takes, and what it ends the submission for. */
import { describe, expect, test, vi } from 'vitest';
import { caps } from '../../../src/runtime/caps.ts';
import { Calls } from '../../../src/runtime/realm/calls.ts';
import type { PeerAnswer, PeerCall } from '../../../src/runtime/realm/peer-port.ts';

function open() {
  const sent: (PeerCall | PeerAnswer)[] = [];
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
  const answer = (call: number, value: unknown = 2): void =>
    receive({ call, result: { ok: true, value } });
  return { calls, sent, close, onRefused, answer, receive: (data: unknown) => receive(data) };
}

describe('calls', () => {
  test('carry arguments there and a value back', async () => {
    const { calls, sent, answer } = open();
    const result = calls.call('f', [1]);
    expect(sent).toEqual([{ call: 1, name: 'f', args: [1] }]);
    expect(calls.doing).toBe('f');
    answer(1);
    expect(await result).toEqual({ ok: true, value: 2 });
    expect(calls.doing).toBeUndefined();
  });

  test('an answer that nobody asked for, or a second one, goes nowhere', async () => {
    const { calls, answer, onRefused } = open();
    const first = calls.call('f', []);
    answer(2, 'early');
    answer(1, 'first');
    answer(1, 'second');
    const second = calls.call('g', []);
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
    const { calls, receive, onRefused, close } = open();
    const result = calls.call('f', []);
    receive(data);
    expect(await result).toMatchObject({ ok: false, error: { code: 'too-much-output' } });
    expect(await calls.call('f', [])).toMatchObject({ ok: false });
    expect(onRefused).toHaveBeenCalledOnce();
    expect(close).toHaveBeenCalledOnce();
  });

  test('a flood of answers ends it; many answers to many calls do not', async () => {
    const { calls, answer, onRefused } = open();
    for (let call = 1; call <= caps.calls; call++) {
      const result = calls.call('f', []);
      answer(call);
      await result;
    }
    expect(onRefused).not.toHaveBeenCalled();
    for (let count = 0; count <= caps.messages; count++) answer(1);
    expect(onRefused).toHaveBeenCalledOnce();
  });

  test('are no more than the cap', async () => {
    const { calls, answer, onRefused, sent } = open();
    for (let call = 1; call <= caps.calls; call++) {
      void calls.call('f', []);
      answer(call);
    }
    expect(await calls.call('f', [])).toMatchObject({ ok: false });
    expect(onRefused).toHaveBeenCalledOnce();
    expect(sent).toHaveLength(caps.calls);
  });

  test('once ended, what waits is answered with why, and nothing more is sent or taken', async () => {
    const { calls, sent, answer, onRefused } = open();
    const error = { code: 'time-limit', explain: 'Too long.' };
    const waiting = calls.call('f', []);
    calls.end(error);
    expect(await waiting).toEqual({ ok: false, error });
    expect(await calls.call('f', [])).toEqual({ ok: false, error });
    answer(1);
    expect(sent).toHaveLength(1);
    expect(onRefused).not.toHaveBeenCalled();
  });
});
