/**
 * Takes the ways out of a realm away from the code that will run in it. The wall is the frame's
 * policy, which no script can change; this is the second lock on the same door, and it makes an
 * attempt fail with a plain ReferenceError instead of a puzzling refusal.
 */
const waysOut = [
  'fetch',
  'fetchLater',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'importScripts',
  'Worker',
  'SharedWorker',
  'ServiceWorker',
  'BroadcastChannel',
  'RTCPeerConnection',
  'RTCDataChannel',
  'RTCRtpScriptTransformer',
  'Notification',
  'PushManager',
  'indexedDB',
  'caches',
  'cookieStore',
  'FileReaderSync',
  'FontFace',
  'webkitRequestFileSystem',
  'webkitRequestFileSystemSync',
  'webkitResolveLocalFileSystemURL',
  'webkitResolveLocalFileSystemSyncURL',
  'close',
  'postMessage',
  'onmessage',
  'onmessageerror',
  'onrtctransform',
];

/** Call once, after the realm has captured what it needs itself. */
export function harden(): void {
  for (
    let target: object | null = globalThis;
    target && target !== Object.prototype;
    target = Object.getPrototypeOf(target) as object | null
  ) {
    for (const name of waysOut) remove(target, name);
  }
}

function remove(target: object, name: string): void {
  const descriptor = Object.getOwnPropertyDescriptor(target, name);
  if (!descriptor) return;
  if (descriptor.configurable) {
    Reflect.deleteProperty(target, name);
  } else if (descriptor.writable) {
    (target as Record<string, unknown>)[name] = undefined;
  }
}
