/** The submission's end of the channel to its judge. */
import { expect, test, vi } from 'vitest';
import { answerCalls } from '../../../src/runtime/realm/answer-calls.ts';
import type { PeerAnswer, PeerCall } from '../../../src/runtime/realm/peer-port.ts';

function open(exports: Record<string, unknown>) {
  const sent: PeerAnswer[] = [];
  let receive!: (data: unknown) => void;
  answerCalls(
    {
      send: (message) => sent.push(message as PeerAnswer),
      listen: (listener) => {
        receive = listener;
      },
      close: () => undefined,
    },
    {
      exports: () => exports,
      explain: (error) => ({ code: 'threw', explain: String(error) }),
    },
  );
  return { sent, receive: (calls: PeerCall[]) => receive(calls) };
}

test('calls are made in their order, whatever each takes, and answered as soon as they have been made', async () => {
  const order: string[] = [];
  const ends: (() => void)[] = [];
  const { sent, receive } = open({
    slow: async (id: string) => {
      order.push(`${id} begins`);
      await new Promise<void>((resolve) => ends.push(resolve));
      order.push(`${id} ends`);
    },
    quick: (id: string) => order.push(id),
  });
  receive([
    { call: 1, name: 'quick', args: ['a'] },
    { call: 2, name: 'slow', args: ['b'] },
    { call: 3, name: 'quick', args: ['c'] },
  ]);
  // Of another list, while the first is at work.
  receive([{ call: 4, name: 'quick', args: ['d'] }]);
  await vi.waitFor(() => expect(order).toEqual(['a', 'b begins']));
  expect(sent.map(({ call }) => call)).toEqual([1]);
  ends[0]!();
  await vi.waitFor(() => expect(sent.map(({ call }) => call)).toEqual([1, 2, 3, 4]));
  expect(order).toEqual(['a', 'b begins', 'b ends', 'c', 'd']);
});

test('a call that fails is answered with why, and the next one is made', async () => {
  const { sent, receive } = open({
    fail: () => {
      throw new Error('no');
    },
    one: () => 1,
  });
  receive([
    { call: 1, name: 'fail', args: [] },
    { call: 2, name: 'absent', args: [] },
    { call: 3, name: 'one', args: [] },
  ]);
  await vi.waitFor(() => expect(sent).toHaveLength(3));
  expect(sent.map(({ result }) => result)).toEqual([
    { ok: false, error: { code: 'threw', explain: 'Error: no' } },
    { ok: false, error: { code: 'threw', explain: expect.stringContaining('absent') as string } },
    { ok: true, value: 1 },
  ]);
});
