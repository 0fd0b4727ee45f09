/** The sandbox's iframe as the page holds it: one port to it, links to the workers inside, a watch over its life. */
import { frameReady } from './frame-protocol.ts';
import type { FromFrame, ToFrame, WorkerKind } from './frame-protocol.ts';
import type { SandboxAssets } from './sandbox-assets.ts';
import type { LinkEnd, WorkerLink } from './worker-link.ts';

const pingEveryMs = 1_000;
/** Unanswered pings after which the frame counts as dead. */
const missesAllowed = 4;
/** A frame that has loaded greets at once; this long after, it is not ours that has loaded. */
const greetingWithinMs = 250;

export class SandboxFrame {
  #element: HTMLIFrameElement;
  #channel = new MessageChannel();
  #links = new Map<number, WorkerLink>();
  #nextWorker = 1;
  #unsent: ToFrame[] = [];
  #misses = 0;
  #greeted = false;
  #watch: ReturnType<typeof setInterval>;
  #onGone: () => void;
  /** Settles once the frame's port holds what workers are made of; a port keeps its order. */
  #assetsPosted: Promise<void>;

  /**
   * @param url of sandbox.html
   * @param assets sent as soon as they are there; if they fail, so do all workers
   * @param onGone the frame has died or could not be used; it is removed already
   */
  constructor(url: string, assets: Promise<SandboxAssets>, onGone: () => void) {
    this.#onGone = onGone;
    this.#channel.port1.onmessage = ({ data }: MessageEvent<FromFrame>) => this.#receive(data);
    this.#assetsPosted = assets.then(
      ({ text, light, wasm }) => this.#post({ type: 'assets', text, light, wasm }),
      (error: unknown) => this.#die(error instanceof Error ? error.message : String(error)),
    );
    this.#element = createElement(url);
    window.addEventListener('message', this.#greet);
    this.#element.addEventListener(
      'load',
      () => setTimeout(() => void this.#useCopy(url), greetingWithinMs),
      {
        once: true,
      },
    );
    document.body.append(this.#element);
    this.#watch = setInterval(() => this.#ping(), pingEveryMs);
  }

  /** Starts a worker. Messages wait in the port until the frame has loaded. */
  spawn(kind: WorkerKind = 'whole'): WorkerLink {
    const worker = this.#nextWorker++;
    const link: WorkerLink = {
      onMessage: () => undefined,
      onEnd: () => undefined,
      // Sent before its worker was started, a message would find nobody.
      send: (message) =>
        void this.#assetsPosted.then(() => this.#post({ type: 'send', worker, message })),
      resetQuota: () => this.#post({ type: 'reset-quota', worker }),
      terminate: () => {
        if (this.#links.delete(worker)) this.#post({ type: 'kill', worker });
      },
      connectTo: (submission) =>
        void this.#assetsPosted.then(() => this.#connect(worker, submission)),
    };
    this.#links.set(worker, link);
    void this.#assetsPosted.then(() => {
      if (this.#links.has(worker)) this.#post({ type: 'spawn', worker, kind });
    });
    return link;
  }

  #connect(judge: number, to: WorkerLink): void {
    for (const [submission, link] of this.#links)
      if (link === to) this.#post({ type: 'connect', judge, submission });
  }

  dispose(): void {
    clearInterval(this.#watch);
    window.removeEventListener('message', this.#greet);
    this.#channel.port1.close();
    this.#element.remove();
  }

  /**
   * A service worker does not answer for a frame of opaque origin, so without a network the frame has loaded an
   * error page and stays silent. The page itself can get sandbox.html from the service worker, and puts it in.
   */
  async #useCopy(url: string): Promise<void> {
    if (this.#greeted) return;
    const text = await fetch(url).then(
      (answer) => (answer.ok ? answer.text() : undefined),
      () => undefined,
    );
    if (this.#greeted || !this.#element.isConnected) return;
    if (text === undefined) this.#die('The sandbox could not be loaded. Are you offline?');
    else this.#element.srcdoc = text;
  }

  #greet = (event: MessageEvent): void => {
    if (event.source !== this.#element.contentWindow || event.data !== frameReady) return;
    window.removeEventListener('message', this.#greet);
    this.#greeted = true;
    // An opaque origin has no name to address; the port goes to this very window and no other.
    this.#element.contentWindow!.postMessage('', '*', [this.#channel.port2]);
  };

  /** What is said in one turn goes in one message. */
  #post(message: ToFrame): void {
    this.#unsent.push(message);
    if (this.#unsent.length > 1) return;
    queueMicrotask(() => {
      this.#channel.port1.postMessage(this.#unsent);
      this.#unsent = [];
    });
  }

  #receive(message: FromFrame): void {
    if (message.type === 'pong') {
      this.#misses = 0;
      return;
    }
    const link = this.#links.get(message.worker);
    if (!link) return;
    if (message.type === 'message') link.onMessage(message.message);
    else {
      this.#links.delete(message.worker);
      link.onEnd({ reason: message.reason, detail: message.detail });
    }
  }

  #ping(): void {
    // A hidden page's timers come late or in bursts: nothing can be told from them.
    if (document.hidden || this.#links.size === 0) return;
    this.#misses += 1;
    if (this.#misses > missesAllowed) this.#die('The sandbox stopped answering.');
    else this.#post({ type: 'ping' });
  }

  #die(detail: string): void {
    this.dispose();
    this.#onGone();
    const end: LinkEnd = { reason: 'died', detail };
    for (const link of this.#links.values()) link.onEnd(end);
    this.#links.clear();
  }
}

function createElement(url: string): HTMLIFrameElement {
  const element = document.createElement('iframe');
  element.setAttribute('sandbox', 'allow-scripts');
  element.setAttribute('referrerpolicy', 'no-referrer');
  element.setAttribute('aria-hidden', 'true');
  element.title = 'Sandbox that runs the code of this page';
  element.tabIndex = -1;
  // Not display: none, which may slow the frame down.
  Object.assign(element.style, {
    position: 'fixed',
    width: '1px',
    height: '1px',
    border: '0',
    opacity: '0',
    pointerEvents: 'none',
  });
  element.src = url;
  return element;
}
