/**
 * Keeps what hardening takes away in `globalThis.unlocked`, in the workers that import it: readers' code in
 * those tests has every way out that a worker can have, so that the policy alone must hold.
 */
const unlocked: Record<string, unknown> = {};
for (const name of [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'WebTransport',
  'importScripts',
  'Worker',
  'SharedWorker',
  'BroadcastChannel',
  'FontFace',
  'RTCPeerConnection',
  'indexedDB',
  'caches',
  'postMessage',
]) {
  try {
    const value = (globalThis as unknown as Record<string, unknown>)[name];
    const isFunction = typeof value === 'function' && /^[a-z]/.test(name);
    unlocked[name] = isFunction ? (value as () => void).bind(globalThis) : value;
  } catch (error) {
    // Reading `caches` throws in an opaque origin: that is the refusal.
    unlocked[name] = String(error);
  }
}
Object.assign(globalThis, { unlocked });

export {};
