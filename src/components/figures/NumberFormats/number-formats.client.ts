import { part, write } from '../figure-dom.ts';
import { writeNumber } from '../write-number.ts';
import { formatRows, powerText, readNumber } from './number-formats.ts';

/** Starts the figure of the bits of a number. */
export function start(root: HTMLElement): void {
  const typed = part<HTMLInputElement>(root, 'number');
  const size = part<HTMLInputElement>(root, 'size');
  const largest = Number(root.querySelector<HTMLElement>('[data-largest]')?.dataset['largest']);

  const show = (number: number): void => {
    for (const row of formatRows(number, largest)) {
      const line = part(root, row.format);
      write(line, 'sign', row.sign);
      write(line, 'exponent', row.exponent);
      write(line, 'rest', row.rest);
      write(line, 'value', writeNumber(row.value, 8));
      write(
        line,
        'error',
        writeNumber(row.error, 3) + (row.held ? ' (held at the end of its range)' : ''),
      );
    }
    write(root, 'power', powerText(number));
    write(root, 'message', '');
    typed.removeAttribute('aria-invalid');
  };

  const read = (): number | undefined => readNumber(typed.value);

  const showTyped = (): void => {
    const number = read();
    if (number === undefined) {
      typed.setAttribute('aria-invalid', 'true');
      write(root, 'message', 'Type a number, such as 0.1 or −3e-5.');
      return;
    }
    if (number !== 0) size.value = String(Math.log2(Math.abs(number)));
    show(number);
  };

  const set = (number: number): void => {
    typed.value = String(number);
    showTyped();
  };

  typed.addEventListener('input', showTyped);
  size.addEventListener('input', () => {
    const number = Number((Math.sign(read() ?? 1) || 1) * 2 ** Number(size.value));
    typed.value = String(Number(number.toPrecision(8)));
    show(number);
  });
  const change = (name: string, by: (number: number) => number): void => {
    part(root, name).addEventListener('click', () => {
      const number = read();
      if (number === undefined) showTyped();
      else set(by(number));
    });
  };
  change('halve', (number) => number / 2);
  change('double', (number) => number * 2);
  change('negate', (number) => -number);

  showTyped();
}
