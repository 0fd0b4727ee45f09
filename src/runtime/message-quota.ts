import { caps } from './caps.ts';

/** Counts what one worker sends within one run. */
export class MessageQuota {
  #messages = 0;
  #bytes = 0;

  reset(): void {
    this.#messages = 0;
    this.#bytes = 0;
  }

  /** Why the message is too much, or nothing. */
  refuse(message: unknown): string | undefined {
    this.#messages += 1;
    if (this.#messages > caps.messages)
      return `More than ${caps.messages} messages came from one run.`;
    this.#bytes += measure(message, caps.messageBytes - this.#bytes);
    if (this.#bytes > caps.messageBytes)
      return `More than ${caps.messageBytes / 1024 / 1024} MB came from one run.`;
    return undefined;
  }
}

/** Estimated bytes of a cloned value; stops counting once past `enough`. */
export function measure(root: unknown, enough: number): number {
  const seen = new Set<object>();
  const stack: unknown[] = [root];
  let bytes = 0;
  let nodes = 0;
  while (stack.length > 0 && bytes <= enough) {
    const value = stack.pop();
    nodes += 1;
    if (nodes > caps.messageNodes) return Infinity;
    if (typeof value === 'string') bytes += 2 * value.length;
    else if (typeof value !== 'object' || value === null) bytes += 8;
    else if (!seen.has(value)) {
      seen.add(value);
      bytes += 16;
      if (ArrayBuffer.isView(value)) bytes += value.byteLength;
      else if (value instanceof ArrayBuffer) bytes += value.byteLength;
      else if (value instanceof Map || value instanceof Set || value instanceof Blob)
        return Infinity;
      else if (Array.isArray(value)) {
        // A sparse array costs its length to whoever reads it.
        if (value.length > caps.messageNodes) return Infinity;
        for (const item of value) stack.push(item);
      } else for (const [key, item] of Object.entries(value)) stack.push(key, item);
    }
  }
  return bytes;
}
