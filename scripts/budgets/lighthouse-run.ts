import { createServer } from 'node:net';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { median, PAGE_LIMITS, SCORE_LIMITS, type Measure } from './limits.ts';

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });
}

/** Lighthouse's mobile run (simulated slow 4G, 4× slower processor), the median of `runs`. */
export async function lighthouseRun(
  executablePath: string,
  args: string[],
  url: string,
  runs = 3,
): Promise<Measure[]> {
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath,
    args: [...args, `--remote-debugging-port=${port}`],
  });
  const samples: {
    scores: Record<string, number>;
    blocking: number;
    paint: number;
    failed: string[];
  }[] = [];
  try {
    for (let run = 0; run < runs; run += 1) {
      const result = await lighthouse(url, { port, logLevel: 'error', output: 'json' });
      if (!result) throw new Error(`Lighthouse gave nothing for ${url}`);
      const { categories, audits } = result.lhr;
      samples.push({
        scores: Object.fromEntries(
          Object.entries(categories).map(([id, { score }]) => [id, (score ?? 0) * 100]),
        ),
        blocking: audits['total-blocking-time']?.numericValue ?? Number.NaN,
        paint: audits['largest-contentful-paint']?.numericValue ?? Number.NaN,
        failed: Object.entries(SCORE_LIMITS)
          .filter(([id, limit]) => limit === 100 && (categories[id]?.score ?? 0) < 1)
          .flatMap(([id]) => categories[id]?.auditRefs ?? [])
          .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
          .map(({ id }) => id),
      });
    }
  } finally {
    await browser.close();
  }
  const path = new URL(url).pathname;
  const failed = [...new Set(samples.flatMap((sample) => sample.failed))];
  if (failed.length > 0)
    console.log(`  Lighthouse audits of ${path} that failed: ${failed.join(', ')}`);
  return [
    ...Object.entries(SCORE_LIMITS).map(([id, limit]) => ({
      name: `${path} Lighthouse ${id}`,
      value: median(samples.map(({ scores }) => scores[id] ?? 0)),
      limit,
      unit: 'of 100',
      kind: 'min' as const,
    })),
    {
      name: `${path} blocking time, mobile`,
      value: median(samples.map((s) => s.blocking)),
      limit: PAGE_LIMITS.blockingMs,
      unit: 'ms',
    },
    {
      name: `${path} largest paint, mobile`,
      value: median(samples.map((s) => s.paint)),
      limit: PAGE_LIMITS.paintMs,
      unit: 'ms',
    },
  ];
}
