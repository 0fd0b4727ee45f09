import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { scoAssets } from '../../../../src/build/scorm-assets.ts';
import { scormManifest } from '../../../../src/instructor/scorm/manifest.ts';
import { scoPage } from '../../../../src/instructor/scorm/sco-page.ts';
import { scormPackage } from '../../../../src/instructor/scorm/scorm-package.ts';
import { scormStatement } from '../../../../src/instructor/scorm/course.ts';
import { scriptJson, xmlText } from '../../../../src/instructor/scorm/xml-text.ts';
import { readerError } from '../../workbench/reader-error.ts';
import { course, question } from './small-course.ts';

const assets = { script: 'void 0;', style: 'p { margin: 0 }' };
const hostile = `</title><script>alert(1)</script> & "quotes" 'too' \u0000\u202e ]]> \ud800`;

describe('a SCORM 1.2 package', () => {
  it('has its manifest at the root, first, and every file that it lists', () => {
    const files = unzipSync(scormPackage(course(), assets));
    expect(Object.keys(files)[0]).toBe('imsmanifest.xml');
    const manifest = strFromU8(files['imsmanifest.xml']!);
    const listed = [...manifest.matchAll(/<file href="([^"]+)"\/>/g)].map(([, name]) => name);
    expect(['imsmanifest.xml', ...listed].sort()).toEqual(Object.keys(files).sort());
    expect(manifest).toContain('<schemaversion>1.2</schemaversion>');
    expect(manifest).toContain('adlcp:scormtype="sco" href="index.html"');
    expect(manifest.match(/<item /g)).toHaveLength(1);
  });

  it('is the same bytes for the same assignment', () => {
    expect(scormPackage(course(), assets)).toEqual(scormPackage(course(), assets));
  });

  it('says what it holds, what it links to, and that its score is a claim', () => {
    const text = strFromU8(unzipSync(scormPackage(course(), assets))['READ-ME.txt']!);
    const page = scoPage(course());
    for (const said of ['2 quiz questions (3 points)', '1 exercise (5 points)', 'is a claim']) {
      expect(text).toContain(said);
      expect(page).toContain(said);
    }
    expect(scormStatement(course({ links: [] })).join(' ')).toContain('Nothing else');
    expect(page).toContain('href="https://book.example/assignment/#a=aabc"');
    expect(scoPage(course({ needsFile: true }))).toContain('which your instructor gives out');
  });

  it('holds every question and every option', () => {
    const page = scoPage(course());
    expect(page.match(/class="question"/g)).toHaveLength(2);
    expect(page.match(/class="option"/g)).toHaveLength(8);
    expect(page).toContain('"correct":1,"options":3,"attempts":0');
    expect(page).toContain('"correct":0,"options":5,"attempts":0');
  });

  it('fetches nothing from anywhere but itself', async () => {
    const { script, style } = await scoAssets();
    const page = scoPage(course());
    const sources = [...page.matchAll(/\b(?:src|href)="([^"]+)"/g)].map(([, source]) => source);
    expect(sources.sort()).toEqual(
      ['https://book.example/assignment/#a=aabc', 'sco.css', 'sco.js'].sort(),
    );
    expect(style).not.toMatch(/url\(|@import/);
    expect(script).not.toMatch(/\bimport\s*\(|\bfetch\(|XMLHttpRequest|https?:/);
    expect(script).toContain('LMSInitialize');
    expect(script.length).toBeLessThan(20_000);
  });

  it('takes foreign text as text', () => {
    const page = scoPage(
      course({ title: hostile, links: [{ kind: 'written', title: hostile, points: 1 }] }),
    );
    expect(page).not.toContain('<script>alert');
    expect(page.match(/<script/g)).toHaveLength(2);
    const manifest = scormManifest({ id: 'a0123456789', title: hostile, files: ['index.html'] });
    expect(manifest).not.toContain('<script');
    expect(manifest).toContain('&lt;/title&gt;');
    expect(manifest).toContain('&amp; &quot;quotes&quot; &#39;too&#39;');
    expect(manifest).not.toContain('\u0000');
    expect(manifest.isWellFormed()).toBe(true);
    expect(xmlText(']]>')).toBe(']]&gt;');
    expect(scriptJson({ a: '</script><!--\u2028' })).toBe(
      '{"a":"\\u003c/script\\u003e\\u003c!--\\u2028"}',
    );
    expect(JSON.parse(scriptJson({ a: '</script>&' }))).toEqual({ a: '</script>&' });
  });

  it('cuts a title that no system would take', () => {
    const manifest = scormManifest({ id: 'a', title: '🎻'.repeat(300), files: ['index.html'] });
    expect(manifest).toContain(`<title>${'🎻'.repeat(200)}</title>`);
  });

  it('is refused without questions, or without points', () => {
    expect(readerError(() => scormPackage(course({ questions: [] }), assets)).code).toBe(
      'scorm-no-questions',
    );
    const nothing = course({ questions: [question('one', 1, 3, 0)] });
    expect(readerError(() => scormPackage(nothing, assets)).code).toBe('scorm-no-points');
  });
});
