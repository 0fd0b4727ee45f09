import { beforeAll, describe, expect, it } from 'vitest';
import { assignmentCatalogue } from '../../../../src/components/Instructor/book-catalogue.ts';
import { bookExercises } from '../../../../src/components/Exercise/book-exercise.ts';
import { catalogueKey, type Catalogue } from '../../../../src/instructor/catalogue.ts';
import { itemVersion } from '../../../../src/instructor/item-version.ts';

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await assignmentCatalogue();
});

describe('the catalogue', () => {
  it('holds every exercise of the book, once, under the version that decides its marks', async () => {
    const exercises = await bookExercises();
    const listed = catalogue.items.filter(({ kind }) => kind === 'exercise');
    expect(listed.map(({ id }) => id).sort()).toEqual(exercises.map(({ data }) => data.id).sort());
    for (const { data, checks } of exercises.slice(0, 3)) {
      const { entry, seed, limits } = data;
      expect(listed.find(({ id }) => id === data.id)?.version).toBe(
        await itemVersion({ kind: 'exercise', checks, entry, seed, limitMs: limits.ms }),
      );
    }
  });

  it('names nothing twice, and gives every item a place, points and minutes', () => {
    const keys = catalogue.items.map(catalogueKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(catalogue.items.filter(({ kind }) => kind === 'quiz').length).toBeGreaterThan(100);
    for (const item of catalogue.items) {
      expect(item.version).toMatch(/^[0-9a-f]{12}$/);
      expect(item.section).toMatch(/^[1-6]\.[1-9]$/);
      expect(item.path).toMatch(/^chapters\/[\w-]+\/[\w-]+\/#(?:exercise|quiz)-/);
      expect(item.points).toBeGreaterThan(0);
      expect(item.minutes % 5 === 0 || item.kind === 'quiz').toBe(true);
      expect(item.title.trim()).not.toBe('');
    }
  });

  it('follows the order of reading', () => {
    const sections = catalogue.items.map(({ section }) => section);
    expect(sections).toEqual([...sections].sort());
  });

  it('says questions in plain words: no marks of Markdown or maths', () => {
    for (const { kind, id, title } of catalogue.items) {
      if (kind === 'quiz') expect(title, id).not.toMatch(/[$`\\]|\*\*/);
    }
  });

  it('gives a question the concepts that its section’s exercises practise', () => {
    const quiz = catalogue.items.find(({ kind, section }) => kind === 'quiz' && section === '1.3');
    expect(quiz?.concepts).toContain('zero point');
  });
});
