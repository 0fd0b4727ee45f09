import type { CheckReport, CheckRequest } from '../../src/runtime/protocol.ts';
import type { GradingPage } from './grading-page.ts';
import type { Program, Sheet } from './page.ts';

/** Runs checks in a page, which is told of each sheet once. */
export class SheetPage {
  readonly #page: GradingPage;
  /** Numbers of the sheets that the page has. */
  readonly #sheets = new Map<string, number>();

  constructor(page: GradingPage) {
    this.#page = page;
  }

  async check({ code, seed, ...sheet }: CheckRequest): Promise<CheckReport> {
    const program: Program = { sheet: await this.#keep(sheet), code, seed };
    return (await this.#page.call('gradeCheck', program)) as CheckReport;
  }

  close(): Promise<void> {
    return this.#page.close();
  }

  async #keep(sheet: Sheet): Promise<number> {
    const key = JSON.stringify(sheet);
    const known = this.#sheets.get(key);
    if (known !== undefined) return known;
    const number = this.#sheets.size + 1;
    await this.#page.call('keepSheet', { number, sheet });
    this.#sheets.set(key, number);
    return number;
  }
}
