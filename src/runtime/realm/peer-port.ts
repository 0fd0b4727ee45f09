/**
 * One end of the channel between a judge's realm and a submission's: calls go one way, answers the other, and nothing else
 * connects the two.
 */
import type { Plain, PlainResult } from '../wire.ts';

/** Calls come in lists, to be made in their order; each is answered on its own, as soon as it has been made. */
export interface PeerCall {
  call: number;
  name: string;
  args: Plain[];
}

export interface PeerAnswer {
  call: number;
  result: PlainResult;
}

export interface PeerPort {
  send(message: PeerCall[] | PeerAnswer): void;
  /** What comes is unread. */
  listen(receive: (data: unknown) => void): void;
  close(): void;
}
