import type { Page } from 'playwright-core';
import type { ReaderErrorData } from '../../src/shared/reader-error.ts';
import type { Outcome } from './page.ts';
import type { LiteRtSite } from './site.ts';

export interface Measured {
  bytes: Uint8Array;
  /** Each with the values of every input. */
  examples: readonly (readonly Float32Array[])[];
}

/** Runs a file in both runtimes, in the page. */
export async function measure(
  page: Page,
  site: LiteRtSite,
  { bytes, examples }: Measured,
): Promise<Outcome> {
  const sizes = examples[0]!.map(({ length }) => length);
  site.files.set('measured.tflite', bytes);
  site.files.set('examples.bin', concat(examples.flat()));
  return page.evaluate((comparison) => window.agreement.compare(comparison), {
    file: 'measured.tflite',
    examples: 'examples.bin',
    sizes,
  });
}

/** Runs a file, as it is, in LiteRT alone; gives the error, if it is one. */
export async function tryRun(
  page: Page,
  site: LiteRtSite,
  { bytes, examples }: Measured,
): Promise<ReaderErrorData | undefined> {
  site.files.set('measured.tflite', bytes);
  return page.evaluate(
    async (inputs) => {
      const model = new Uint8Array(await (await fetch('measured.tflite')).arrayBuffer());
      const liteRt = await window.agreement.liteRt();
      return window.agreement.failure(
        liteRt.run(
          model,
          inputs.map((input) => Float32Array.from(input)),
        ),
      );
    },
    examples[0]!.map((input) => [...input]),
  );
}

function concat(parts: readonly Float32Array[]): Uint8Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(whole.buffer);
}
