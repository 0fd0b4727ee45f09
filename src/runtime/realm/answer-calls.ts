/** The submission's end of the channel to its judge: calls what the code exports, and answers with what came of it. */
import { inTurn } from '../../shared/in-turn.ts';
import { ReaderError } from '../../shared/reader-error.ts';
import type { ReaderErrorData } from '../../shared/reader-error.ts';
import { decodePlain, encodePlain } from '../plain.ts';
import type { PlainResult } from '../wire.ts';
import type { PeerCall, PeerPort } from './peer-port.ts';

export interface Callee {
  /** Of the submission that was loaded last. */
  exports(): Record<string, unknown>;
  explain(error: unknown): ReaderErrorData;
}

/** Calls that come while others are being made are made after them. */
export function answerCalls(peer: PeerPort, callee: Callee): void {
  const queue = inTurn();
  peer.listen((data) => {
    void queue(async () => {
      // They come from the judge's realm, which is ours.
      for (const call of data as PeerCall[])
        peer.send({ call: call.call, result: await resultOf(call, callee) });
    });
  });
}

async function resultOf(
  { name, args }: PeerCall,
  { exports, explain }: Callee,
): Promise<PlainResult> {
  try {
    const target = Object.hasOwn(exports(), name) ? exports()[name] : undefined;
    if (typeof target !== 'function') {
      throw new ReaderError({
        code: 'not-a-function',
        explain: `The code exports no function named \`${name}\`.`,
        hint: `Write: export function ${name}(…) { … }`,
      });
    }
    const values: unknown[] = [];
    for (const arg of args) values.push(await decodePlain(arg));
    const value: unknown = await Reflect.apply(
      target as (...args: unknown[]) => unknown,
      undefined,
      values,
    );
    return { ok: true, value: await encodePlain(value, `what \`${name}\` returned`) };
  } catch (error) {
    return { ok: false, error: explain(error) };
  }
}
