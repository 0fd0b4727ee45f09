import { ReaderError } from '../../../shared/reader-error.ts';

/** An object as JSON has it; its own keys only. */
export type JsonObject = Record<string, unknown>;

/** Brackets within brackets. A model in a model takes eight of them. */
const MOST_NESTED = 200;
/** Brackets and commas in all: a model of a thousand layers has some 100,000. */
const MOST_PARTS = 1_000_000;

/**
 * Parses the configuration of a model. How deep and how large it is, is measured first, for what it takes in memory
 * can be many times the text.
 *
 * @throws ReaderError `keras-config-invalid`, `keras-config-too-deep`, `keras-config-too-large`
 * @internal
 */
export function parseConfig(text: string): JsonObject {
  measure(text);
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    throw configInvalid('it is no JSON');
  }
  return asObject(config, 'it');
}

function measure(text: string): void {
  let depth = 0;
  let parts = 0;
  let isInText = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isInText) {
      if (code === 0x5c) i++;
      else if (code === 0x22) isInText = false;
      continue;
    }
    if (code === 0x22) isInText = true;
    else if (code === 0x5b || code === 0x7b) {
      parts++;
      if (++depth > MOST_NESTED) throw tooDeep();
    } else if (code === 0x5d || code === 0x7d) depth--;
    else if (code === 0x2c) parts++;
  }
  if (parts <= MOST_PARTS) return;
  throw new ReaderError({
    code: 'keras-config-too-large',
    explain: `The configuration of the model has ${parts} parts; at most ${MOST_PARTS} are read.`,
    hint: 'A model of a thousand layers has a tenth of that: this is none.',
  });
}

function tooDeep(): ReaderError {
  return new ReaderError({
    code: 'keras-config-too-deep',
    explain: `The configuration of the model is nested more than ${MOST_NESTED} deep.`,
    hint: 'Models within models within models are read some levels deep; build one model out of them.',
  });
}

/** A configuration that says what no model is. @internal */
export function configInvalid(what: string): ReaderError {
  return new ReaderError({
    code: 'keras-config-invalid',
    explain: `The configuration of the model cannot be read: ${what.slice(0, 400)}.`,
    hint: 'Save the model again with model.save in Keras.',
  });
}

/** Whether something is an object as JSON makes it. @internal */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object, or an error that says what is none. @internal */
export function asObject(value: unknown, what: string): JsonObject {
  if (isObject(value)) return value;
  throw configInvalid(`${what} is no object`);
}

/** A list, or an error. @internal */
export function asList(value: unknown, what: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw configInvalid(`${what} is no list`);
}

/** A text, or an error. @internal */
export function asText(value: unknown, what: string): string {
  if (typeof value === 'string') return value;
  throw configInvalid(`${what} is no text`);
}

/** The value of an own key: never what every object inherits. @internal */
export function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
