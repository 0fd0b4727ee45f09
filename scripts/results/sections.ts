import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { MnistSet } from '../../src/build/mnist.ts';
import { projectRoot } from '../../src/build/project-root.ts';
import { sectionResultsPath } from '../../src/build/section-results.ts';
import { formatResults } from './format-results.ts';
import { stampOf, type Made, type Stamp } from './stamp.ts';

/** What a module `sections/<section>.ts` exports. */
export interface SectionModule {
  /** Models under public/models that it reads. */
  models: readonly string[];
  /** Sets of images that it reads. */
  images: readonly ('train' | 'test')[];
  /** Everything that the section's prose and figures want and that takes long; the same numbers on every run. */
  compute: (sets: { train: MnistSet; test: MnistSet }) => Promise<object>;
}

/** The sections that have results of their own: `2.3`. */
export async function sectionsWithResults(): Promise<string[]> {
  const files = await readdir(join(import.meta.dirname, 'sections'));
  return files.map((file) => file.replace(/\.ts$/, '')).sort();
}

export const readSectionModule = (section: string): Promise<SectionModule> =>
  import(`./sections/${section}.ts`) as Promise<SectionModule>;

/** The stamp that the results of a section must have. */
export async function sectionStamp(
  section: string,
  sets: Record<'train' | 'test', MnistSet>,
): Promise<Stamp> {
  const { models, images } = await readSectionModule(section);
  const made: Made = {
    code: `scripts/results/sections/${section}.ts`,
    models,
    images: Object.fromEntries(images.map((name) => [name, sets[name]])),
  };
  return stampOf(made);
}

/** Computes the results of some sections, or of all. */
export async function writeSections(
  train: MnistSet,
  test: MnistSet,
  sections: readonly string[],
): Promise<void> {
  for (const section of sections.length > 0 ? sections : await sectionsWithResults()) {
    const { compute } = await readSectionModule(section);
    const stamp = await sectionStamp(section, { train, test });
    const path = sectionResultsPath(section);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, formatResults({ stamp, results: await compute({ train, test }) }));
    console.log(`Written to ${relative(projectRoot, path)}.`);
  }
}
