import { isTensor } from './format-value.ts';

/**
 * A copy of plain data, so that neither a check nor a known mistake can change what another one sees.
 * Tensors are cloned; what is not plain data (a model) is passed on as it is.
 */
export function cloneValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isTensor(value)) return (value as unknown as { clone(): unknown }).clone();
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return structuredClone(value);
  if (Array.isArray(value)) return value.map(cloneValue);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cloneValue(item)]));
}
