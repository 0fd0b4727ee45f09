/** A compiled module on its way from the judge's realm to one that cannot compile. */
import { caps } from './caps.ts';
import type { CompiledModule } from './realm/compiled-module.ts';
import { Refused, readArray, readInteger, readRecord, readString } from './validate-values.ts';

/** @throws {Refused} for anything else than what compiling makes. */
export function readModule(value: unknown): CompiledModule {
  const module = readRecord(value, 'module');
  const origin = readRecord(module['origin'], 'origin');
  return {
    body: readText(module['body']),
    imports: readParts(module['imports'], (item) => ({
      module: readText(item['module']),
      imported: readText(item['imported']),
      local: readText(item['local']),
      used: readBoolean(item['used']),
      line: readInteger(item['line'], 'line'),
    })),
    bareImports: readParts(module['bareImports'], (item) => ({
      module: readText(item['module']),
      line: readInteger(item['line'], 'line'),
    })),
    declared: readParts(module['declared'], (item) => ({
      name: readText(item['name']),
      live: readBoolean(item['live']),
    })),
    exports: readParts(module['exports'], (item) => ({
      exported: readText(item['exported']),
      local: readText(item['local']),
    })),
    names: readArray(module['names'], 'names', caps.messageNodes, readText),
    origin: {
      source: readText(origin['source']),
      stripped: readText(origin['stripped']),
      edits: readParts(origin['edits'], (item) => ({
        start: readInteger(item['start'], 'start'),
        end: readInteger(item['end'], 'end'),
        by: readText(item['by']),
      })),
    },
  };
}

const readText = (value: unknown): string => readString(value, 'text', caps.plainBytes);

const readParts = <T>(value: unknown, read: (item: Record<string, unknown>) => T): T[] =>
  readArray(value, 'parts', caps.messageNodes, (item) => read(readRecord(item, 'part')));

function readBoolean(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new Refused('flag is neither true nor false');
  return value;
}
