/**
 * Writes the sample hand-ins into a folder, each as a file of its own and together as a zip, with their assignment and
 * gradebook: `node scripts/make-sample-hand-ins.ts [folder]`. The site makes the same while it is built (`samples/`).
 */
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bookSamples } from '../src/components/Instructor/Grade/samples/book-samples.ts';

const folder = process.argv[2] ?? 'sample-hand-ins';
const { files, zip, assignmentText, gradebook } = await bookSamples();
mkdirSync(join(folder, 'hand-ins'), { recursive: true });
for (const { name, text, at } of files) {
  const path = join(folder, 'hand-ins', name);
  writeFileSync(path, text);
  // The time of the file is the time at which it came.
  utimesSync(path, at, at);
}
writeFileSync(join(folder, 'hand-ins.zip'), zip);
writeFileSync(join(folder, 'assignment.json'), assignmentText);
writeFileSync(join(folder, 'gradebook.csv'), gradebook);
console.log(`${files.length} hand-ins, their assignment and a gradebook are in ${folder}/.`);
