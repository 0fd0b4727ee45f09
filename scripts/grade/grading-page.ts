import type { Browser, CDPSession } from 'playwright-core';

/**
 * A page in a context of its own, spoken to in the DevTools protocol. Playwright's pages attach a debugger to each worker that
 * is started, and grading starts one for every program: that would take a fifth of the time.
 */
export class GradingPage {
  readonly #root: CDPSession;
  readonly #context: string;
  readonly #session: string;
  #nextId = 1;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #events = new Map<string, () => void>();
  #gone: string | undefined;

  private constructor(root: CDPSession, context: string, session: string) {
    this.#root = root;
    this.#context = context;
    this.#session = session;
    root.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
      if (sessionId === session) this.#receive(JSON.parse(message) as Answer & { method?: string });
    });
    root.on('Target.detachedFromTarget', ({ sessionId }) => {
      if (sessionId === session) this.#end('its page was closed');
    });
  }

  /** Opens a page and waits until it has loaded. */
  static async open(browser: Browser, url: string): Promise<GradingPage> {
    const root = await browser.newBrowserCDPSession();
    const { browserContextId } = await root.send('Target.createBrowserContext');
    const { targetId } = await root.send('Target.createTarget', {
      url: 'about:blank',
      browserContextId,
    });
    const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: false });
    const page = new GradingPage(root, browserContextId, sessionId);
    browser.once('disconnected', () => page.#end('its browser ended'));
    await page.#send('Inspector.enable');
    await page.#send('Page.enable');
    page.#events.set('Inspector.targetCrashed', () =>
      page.#end('its page crashed, most likely for want of memory'),
    );
    await page.#load(url);
    return page;
  }

  /**
   * Calls a function of the page's window with one argument, and gives what its promise comes to.
   *
   * @throws if the function does, or the page goes away
   */
  async call(name: string, argument: unknown): Promise<unknown> {
    const { result, exceptionDetails } = await this.#send('Runtime.evaluate', {
      expression: `window.${name}(${JSON.stringify(argument)})`,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result?.value;
  }

  async close(): Promise<void> {
    this.#end('its page was closed');
    await this.#root
      .send('Target.disposeBrowserContext', { browserContextId: this.#context })
      .catch(() => undefined);
    await this.#root.detach().catch(() => undefined);
  }

  #send(method: string, params: object = {}): Promise<Evaluated> {
    if (this.#gone !== undefined) return Promise.reject(new Error(this.#gone));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ error, result = {} }) => {
        if (error) reject(new Error(error.message));
        else resolve(result);
      });
      const message = JSON.stringify({ id, method, params });
      this.#root
        .send('Target.sendMessageToTarget', { sessionId: this.#session, message })
        .catch((problem: unknown) => this.#end(String(problem)));
    });
  }

  #receive(message: Answer & { method?: string }): void {
    if (message.method !== undefined) this.#events.get(message.method)?.();
    if (message.id === undefined) return;
    this.#waiting.get(message.id)?.(message);
    this.#waiting.delete(message.id);
  }

  /** Goes to an address; a page that ends on the way rejects. */
  async #load(url: string): Promise<void> {
    const loaded = new Promise<void>((resolve, reject) => {
      this.#events.set('Page.loadEventFired', resolve);
      this.#events.set('gone', () => reject(new Error(this.#gone)));
    });
    await Promise.all([loaded, this.#send('Page.navigate', { url })]);
  }

  #end(why: string): void {
    if (this.#gone !== undefined) return;
    this.#gone = why;
    for (const answer of this.#waiting.values()) answer({ error: { message: why } });
    this.#waiting.clear();
    this.#events.get('gone')?.();
  }
}

interface Answer {
  id?: number;
  result?: Evaluated;
  error?: { message: string };
}

interface Evaluated {
  result?: { value?: unknown };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}
