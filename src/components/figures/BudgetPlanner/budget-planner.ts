/** The heavy model in several forms and formats against three budgets: places, verdicts and words. */

export type Format = 'float32' | 'int8' | 'int4';

export interface Measured {
  format: Format;
  /** Of the file. */
  bytes: number;
  /** Of the arena. */
  ram: number;
  /** Test images read wrongly. */
  wrong: number;
}

export interface PlannedForm {
  id: string;
  label: string;
  macs: number;
  formats: Measured[];
}

export interface PlannerData {
  cards: number;
  /** Most of each that is allowed. */
  budgets: { bytes: number; ram: number; wrong: number };
  forms: PlannedForm[];
}

export const WIDTH = 640;
export const BAR = { left: 96, right: 560, top: 30, step: 46, height: 22 };
export const ROWS = ['bytes', 'ram', 'wrong'] as const;
export type Row = (typeof ROWS)[number];
export const HEIGHT = BAR.top + ROWS.length * BAR.step;
/** The budget stands here along every bar; beyond twice the budget a bar is broken off. */
const MOST = 2;
export const LINE = BAR.left + (BAR.right - BAR.left) / MOST;

export const ROW_NAMES: Record<Row, string> = { bytes: 'flash', ram: 'RAM', wrong: 'misread' };

export function measuredAt(data: PlannerData, form: string, format: Format): Measured {
  const found = data.forms
    .find(({ id }) => id === form)
    ?.formats.find((each) => each.format === format);
  if (!found) throw new Error(`Nothing was measured for ${form} in ${format}.`);
  return found;
}

/** How far a bar reaches, and whether it is broken off at the edge. */
export function barOf(value: number, budget: number): { width: number; broken: boolean } {
  const share = Math.min(value / budget, MOST);
  return { width: (share / MOST) * (BAR.right - BAR.left), broken: value > MOST * budget };
}

const whole = (count: number): string => count.toLocaleString('en-GB');
const inBytes = (count: number): string => `${whole(count)} ${count === 1 ? 'byte' : 'bytes'}`;
const percent = (wrong: number, cards: number): string =>
  `${((100 * (cards - wrong)) / cards).toFixed(2)}%`;

/** Which budgets are missed, in words. */
export function verdict({ budgets, cards }: PlannerData, measured: Measured): string {
  const over = (row: Row): number => measured[row] - budgets[row];
  const faults = [
    over('bytes') > 0 ? `${inBytes(over('bytes'))} more than the flash has` : '',
    over('ram') > 0 ? `${inBytes(over('ram'))} more than the RAM has` : '',
    over('wrong') > 0
      ? `${whole(over('wrong'))} ${over('wrong') === 1 ? 'card' : 'cards'} of ${whole(cards)} too many misread`
      : '',
  ].filter(Boolean);
  return faults.length === 0 ? 'It meets all three.' : `Refused: ${faults.join('; ')}.`;
}

/** Bars, numbers and verdict for one choice. */
export function plannerDrawing(
  data: PlannerData,
  form: string,
  format: Format,
): { attributes: Record<string, Record<string, string>>; texts: Record<string, string> } {
  const measured = measuredAt(data, form, format);
  const attributes: Record<string, Record<string, string>> = {};
  const texts: Record<string, string> = { verdict: verdict(data, measured) };
  for (const row of ROWS) {
    const { width, broken } = barOf(measured[row], data.budgets[row]);
    const passes = measured[row] <= data.budgets[row];
    attributes[`bar-${row}`] = { width: width.toFixed(1), 'data-passes': String(passes) };
    attributes[`break-${row}`] = { visibility: broken ? 'visible' : 'hidden' };
    texts[`mark-${row}`] = passes ? '✓' : '✗';
    texts[`value-${row}`] =
      row === 'wrong'
        ? `${whole(measured.wrong)} of ${whole(data.cards)} misread, ${percent(measured.wrong, data.cards)} read`
        : `${whole(measured[row])} of ${whole(data.budgets[row])} bytes`;
  }
  texts['macs'] =
    `${whole(data.forms.find(({ id }) => id === form)!.macs)} multiplications a digit`;
  return { attributes, texts };
}

/** The table: one line for each form and format. */
export function plannerRows(data: PlannerData): string[][] {
  return data.forms.flatMap(({ label, formats }) =>
    formats.map((measured) => [
      `${label}, ${measured.format}`,
      whole(measured.bytes),
      whole(measured.ram),
      percent(measured.wrong, data.cards),
    ]),
  );
}
