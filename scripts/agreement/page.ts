/** The script of the page in which LiteRT and the engine run the same files. */
import { agreementReport, type AgreementReport } from '../../src/litert/agreement.ts';
import { openLiteRt, type LiteRtRuntime } from '../../src/litert/runtime.ts';
import { ReaderError, type ReaderErrorData } from '../../src/shared/reader-error.ts';

/** A file and examples that the page's own site serves. */
export interface Comparison {
  file: string;
  /** Float32 values, example after example, input after input. */
  examples: string;
  /** Values of each input. */
  sizes: number[];
}

export type Outcome = { report: AgreementReport } | { error: ReaderErrorData };

declare global {
  interface Window {
    agreement: {
      openLiteRt: typeof openLiteRt;
      agreementReport: typeof agreementReport;
      /** Progress of loading, as it came. */
      progress: [loaded: number, total: number][];
      /** Opened with the page's own address as base, once. */
      liteRt(): Promise<LiteRtRuntime>;
      compare(comparison: Comparison): Promise<Outcome>;
      /** What a failing promise fails with. */
      failure(promise: Promise<unknown>): Promise<ReaderErrorData | undefined>;
    };
  }
}

const base = new URL('.', location.href).pathname;
let opened: Promise<LiteRtRuntime> | undefined;

const fetched = async (path: string): Promise<ArrayBuffer> =>
  (await fetch(`${base}${path}`)).arrayBuffer();

window.agreement = {
  openLiteRt,
  agreementReport,
  progress: [],
  liteRt: () =>
    (opened ??= openLiteRt({
      base,
      onProgress: (loaded, total) => window.agreement.progress.push([loaded, total]),
    })),
  compare: async ({ file, examples, sizes }) => {
    const [liteRt, bytes, values] = await Promise.all([
      window.agreement.liteRt(),
      fetched(file),
      fetched(examples),
    ]);
    try {
      const report = await agreementReport(
        new Uint8Array(bytes),
        split(new Float32Array(values), sizes),
        (model, inputs) => liteRt.run(model, inputs),
      );
      return { report };
    } catch (error) {
      if (error instanceof ReaderError) return { error: error.toData() };
      throw error;
    }
  },
  failure: async (promise) => {
    try {
      await promise;
      return undefined;
    } catch (error) {
      if (error instanceof ReaderError) return error.toData();
      throw error;
    }
  },
};

function split(values: Float32Array, sizes: readonly number[]): Float32Array[][] {
  const size = sizes.reduce((sum, each) => sum + each, 0);
  return Array.from({ length: values.length / size }, (_, example) => {
    let at = example * size;
    return sizes.map((each) => values.slice(at, (at += each)));
  });
}
