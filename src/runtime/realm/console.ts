import { currentRun } from './run-channel.ts';
import type { ConsoleLevel } from '../protocol.ts';

const levels: Record<string, ConsoleLevel> = {
  log: 'log',
  debug: 'log',
  dir: 'log',
  info: 'info',
  warn: 'warn',
  error: 'error',
  trace: 'log',
  table: 'log',
};

/** Makes the global console write to the open run. */
export function installConsole(): void {
  const methods: Record<string, (...values: unknown[]) => void> = {};
  for (const [name, level] of Object.entries(levels)) {
    methods[name] = (...values) => currentRun()?.write(level, values);
  }
  methods['assert'] = (condition, ...values) => {
    if (!condition) currentRun()?.write('error', ['Assertion failed:', ...values]);
  };
  const counts = new Map<string, number>();
  methods['count'] = (label = 'default') => {
    const count = (counts.get(String(label)) ?? 0) + 1;
    counts.set(String(label), count);
    currentRun()?.write('log', [`${String(label)}: ${count}`]);
  };
  const started = new Map<string, number>();
  methods['time'] = (label = 'default') => started.set(String(label), performance.now());
  methods['timeLog'] = methods['timeEnd'] = (label = 'default') => {
    const since = started.get(String(label));
    if (since !== undefined)
      currentRun()?.write('log', [
        `${String(label)}: ${(performance.now() - since).toFixed(1)} ms`,
      ]);
  };
  for (const name of ['group', 'groupCollapsed'])
    methods[name] = (...values) => currentRun()?.write('log', values);
  for (const name of ['groupEnd', 'clear']) methods[name] = () => undefined;
  Object.defineProperty(globalThis, 'console', {
    value: methods,
    writable: true,
    configurable: true,
  });
}
