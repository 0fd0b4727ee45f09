import type { DeviceRow, MemoryUse } from '../../workbench/report.ts';
import type { AskedDevice } from './protocol.ts';

/** A count with its thousands parted: `21,480`. */
export const grouped = (value: number): string => value.toLocaleString('en-GB');

/** Whether a device can hold the model, part by part, in words. */
export const deviceFit = (
  { flashBytes, arenaBytes, peakAt }: MemoryUse,
  { flash, ram }: AskedDevice,
): { fits: boolean; lines: string[] } => {
  const line = (what: string, taken: number, has: number, memory: string): string => {
    const over = taken - has;
    const takes = `${what} take ${grouped(taken)} of ${grouped(has)} bytes of ${memory}`;
    return over <= 0 ? `${takes}.` : `${takes}: ${grouped(over)} too many.`;
  };
  return {
    fits: flashBytes <= flash && arenaBytes <= ram,
    lines: [
      line('Weights, biases and scales', flashBytes, flash, 'flash'),
      `${line('Activations', arenaBytes, ram, 'RAM')} The most are held at ${peakAt}.`,
    ],
  };
};

/** The device that the reader filled in, as the report lists devices. */
export const deviceRow = (memory: MemoryUse, device: AskedDevice): DeviceRow => {
  const { fits, lines } = deviceFit(memory, device);
  const { flash, ram } = device;
  const name = `${grouped(flash / 1024)} KB flash, ${grouped(ram / 1024)} KB RAM`;
  return { name, flash, ram, fits, problem: fits ? '' : lines.join(' ') };
};
