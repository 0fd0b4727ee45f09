/**
 * Text that prepares a Node thread to run the browser's worker bundle as it is: Node's own globals go
 * out of sight, a worker's come in. For repeating results, not a wall against hostile code.
 */
export const threadBootText = `
const { parentPort, workerData } = require('node:worker_threads');
const vm = require('node:vm');
const realProcess = process;
const hidden = ['process', 'require', 'module', 'exports', '__filename', '__dirname', 'Buffer', 'global', 'navigator', 'localStorage', 'sessionStorage',
  // These load parts of Node when first touched, and those parts need what is hidden above.
  'fetch', 'Headers', 'Request', 'Response', 'FormData', 'WebSocket', 'EventSource', 'CloseEvent', 'MessageEvent'];
for (const name of hidden) Reflect.deleteProperty(globalThis, name);
globalThis.self = globalThis;
globalThis.WorkerGlobalScope = class WorkerGlobalScope {};
globalThis.location = new URL('blob:null/node-thread');
const listeners = { message: [], unhandledrejection: [], error: [] };
globalThis.addEventListener = (type, listener) => { listeners[type]?.push(listener); };
globalThis.removeEventListener = (type, listener) => {
  if (listeners[type]) listeners[type] = listeners[type].filter((other) => other !== listener);
};
realProcess.on('unhandledRejection', (reason) => { for (const listener of listeners.unhandledrejection) listener({ reason }); });
realProcess.on('uncaughtException', (error) => { for (const listener of listeners.error) listener({ error }); });
globalThis.MessageEvent = class MessageEvent {
  #data;
  constructor(data) { this.#data = data; }
  get data() { return this.#data; }
};
const asEvent = MessageEvent;
const webPort = (port) => ({
  postMessage: (message, transfer) => port.postMessage(message, transfer),
  close: () => port.close(),
  set onmessage(listener) {
    port.on('message', (data) => {
      if (data?.type === 'peer') data.port = webPort(data.port);
      listener(new asEvent(data));
    });
  },
});
const blobs = new Map();
let nextBlob = 1;
class ScriptBlob { constructor(parts) { this.text = parts.join(''); } }
globalThis.Blob = ScriptBlob;
URL.createObjectURL = (blob) => { const url = 'blob:null/' + nextBlob++; blobs.set(url, blob); return url; };
URL.revokeObjectURL = (url) => { blobs.delete(url); };
globalThis.importScripts = (url) => {
  const text = blobs.get(url).text;
  const name = /\\/\\/# sourceURL=(\\S+)\\s*$/.exec(text);
  new vm.Script(text, { filename: name ? name[1] : url }).runInThisContext();
};
new vm.Script(workerData.text, { filename: 'sandbox-worker.js' }).runInThisContext();
parentPort.once('message', ({ port }) => {
  for (const listener of listeners.message) listener({ ports: [webPort(port)] });
});
`;
