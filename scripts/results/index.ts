/**
 * Computes what the book tells but cannot compute while it is read or built, and writes it to
 * content/results/ and docs/results.md. Run with `npm run results` after a change to the engine or a model; with the
 * names of parts only those: `npm run results -- quantization structures`. After quantization ids of methods may
 * follow, for their rows alone: `npm run results -- quantization:int4,mixed`; after sections their numbers:
 * `npm run results -- sections:2.3,3.5`.
 */
import { readMnist } from '../../src/build/mnist.ts';
import { startTensorFlow } from '../../src/build/node-tensorflow.ts';
import { writeChapter1 } from './chapter-1-file.ts';
import {
  writeBrainDamage,
  writeDeepCompression,
  writeStructures,
  writeUntrained,
} from './compression/index.ts';
import { writeDocument } from './document.ts';
import { quantizationResults } from './quantization/index.ts';
import { writeSections } from './sections.ts';

const train = readMnist('train');
const test = readMnist('test');

const PARTS: Record<string, (details: string[]) => Promise<void>> = {
  'chapter-1': () => writeChapter1(test),
  quantization: (methods) => quantizationResults(train, test, methods),
  'deep-compression': (networks) => writeDeepCompression(train, test, networks),
  untrained: () => writeUntrained(train, test),
  'brain-damage': () => writeBrainDamage(train, test),
  structures: () => writeStructures(train, test),
  sections: (sections) => writeSections(train, test, sections),
};

const wanted = process.argv.slice(2).map((word) => word.split(':') as [string, string?]);
const unknown = wanted.find(([part]) => !(part in PARTS));
if (unknown) {
  console.error(`There is no part ${unknown[0]}. The parts are ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}
await startTensorFlow();
for (const [part, details] of wanted.length > 0
  ? wanted
  : Object.keys(PARTS).map((part) => [part])) {
  await PARTS[part!]!(details?.split(',') ?? []);
}
writeDocument();
