import type { PlaceRecord } from '../../progress/records.ts';

/** Offers to go on where the reader was: “Continue at 1.2 …”, and the case so far. */
export const showContinue = (
  place: HTMLElement,
  last: PlaceRecord | undefined,
  base: string,
): void => {
  if (!last || !/^chapters\/[\w-]+\/[\w-]+\/$/.test(last.path)) return;
  const link = document.createElement('a');
  link.className = 'button';
  link.href = base + last.path;
  link.textContent = `Continue at ${last.number} ${last.title}`;
  const soFar = document.createElement('span');
  soFar.textContent = last.soFar;
  place.replaceChildren(link, soFar);
};
