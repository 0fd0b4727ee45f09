import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AstroIntegration } from 'astro';
import subsetFont from 'subset-font';
import type { Plugin } from 'vite';
import { faces, standIns } from './font-faces.ts';
import type { FaceSource, StandIn } from './font-faces.ts';
import { projectRoot } from './project-root.ts';

const require = createRequire(import.meta.url);
const publicFolder = 'generated/fonts';

interface FontFiles {
  /** `@font-face` rules of the text faces and their stand-ins. */
  fontsCss: string;
  /** KaTeX's style sheet with our faces in place of its own. */
  katexCss: string;
  /** Files of the faces that every page shows at once, relative to the site's base. */
  preload: string[];
}

/** Cuts the book's fonts into small files below public/generated/ and offers their style sheets to pages. */
export const fonts = (): AstroIntegration => ({
  name: 'heavy-weights:fonts',
  hooks: {
    'astro:config:setup': async ({ updateConfig }) => {
      updateConfig({ vite: { plugins: [fontModules(await makeFonts())] } });
    },
  },
});

/** Writes the font files that are not there yet, removes those that no face wants any more. */
export const makeFonts = async (root = projectRoot): Promise<FontFiles> => {
  const folder = join(root, 'public', publicFolder);
  mkdirSync(folder, { recursive: true });
  const wanted = new Set<string>();
  const preload: string[] = [];

  const rulesOf = async (list: readonly FaceSource[]): Promise<string> => {
    const rules: string[] = [];
    for (const face of list) {
      for (const part of parts(face)) {
        const file = await cut(folder, face, part);
        wanted.add(file);
        if (face.preload && part.name === 'core') preload.push(`${publicFolder}/${file}`);
        rules.push(faceRule(face, `/${publicFolder}/${file}`, part.range));
      }
    }
    return rules.join('\n');
  };

  const fontsCss = [await rulesOf(faces.text), ...standIns.map(standInRule)].join('\n');
  const katexCss = `${await rulesOf(faces.maths)}\n${katexRules()}`;
  for (const file of readdirSync(folder)) {
    if (!wanted.has(file)) rmSync(join(folder, file));
  }
  return { fontsCss, katexCss, preload };
};

interface Part {
  name: 'core' | 'rest' | 'all';
  /** Characters in the file; undefined for every glyph of the face. */
  text: string | undefined;
  range: string | undefined;
}

/** The files of one face. The rest comes first: of two faces that have a character, CSS takes the later. */
const parts = ({ core, range }: FaceSource): Part[] => {
  if (core === undefined) return [{ name: 'all', text: undefined, range }];
  const rest = range === undefined ? undefined : without(range, core);
  return [
    { name: 'rest', text: rest, range },
    { name: 'core', text: core, range: rangeOf(core) },
  ];
};

const cut = async (folder: string, face: FaceSource, part: Part): Promise<string> => {
  const path = require.resolve(face.source);
  const full = readFileSync(path);
  const key = createHash('sha256')
    .update(full)
    .update(JSON.stringify([face, part, 'recipe 1']))
    .digest('hex')
    .slice(0, 10);
  const file = `${face.name}-${part.name}.${key}.woff2`;
  const target = join(folder, file);
  if (existsSync(target)) return file;
  const woff2 = await subsetFont(full, part.text, {
    targetFormat: 'woff2',
    noHinting: true,
    ...(part.text === undefined ? { keepAllGlyphs: true } : {}),
    ...(face.features === undefined ? {} : { keepFeatures: face.features }),
    ...(face.wght === undefined ? {} : { variationAxes: { wght: face.wght } }),
  });
  writeFileSync(target, woff2);
  return file;
};

const faceRule = (face: FaceSource, url: string, range: string | undefined): string =>
  `@font-face{font-family:'${face.family}';font-style:${face.style};font-weight:${face.weight};` +
  `font-display:swap;src:url('${url}') format('woff2')${range ? `;unicode-range:${range}` : ''}}`;

const standInRule = ({ family, style, local, ratio, ascent, descent }: StandIn): string => {
  const percent = (value: number): string => `${(value * 100).toFixed(2)}%`;
  // The overrides are fractions of the stretched size, so the stretch is divided out of them.
  return (
    `@font-face{font-family:'${family}';font-style:${style};` +
    `src:${local.map((name) => `local('${name}')`).join()};size-adjust:${percent(ratio)};` +
    `ascent-override:${percent(ascent / ratio)};descent-override:${percent(descent / ratio)};line-gap-override:0%}`
  );
};

const katexRules = (): string =>
  readFileSync(require.resolve('katex/dist/katex.min.css'), 'utf8').replace(
    /@font-face\{[^}]*\}/g,
    '',
  );

/** `'abc é'` → `U+20,U+61-63,U+E9`. */
export const rangeOf = (text: string): string => {
  const points = [...new Set(Array.from(text, (sign) => sign.codePointAt(0) ?? 0))].sort(
    (a, b) => a - b,
  );
  const runs: [from: number, to: number][] = [];
  for (const point of points) {
    const last = runs.at(-1);
    if (last && point === last[1] + 1) last[1] = point;
    else runs.push([point, point]);
  }
  const hex = (point: number): string => point.toString(16).toUpperCase();
  return runs
    .map(([from, to]) => `U+${from === to ? hex(from) : `${hex(from)}-${hex(to)}`}`)
    .join();
};

/** The characters of a CSS unicode-range that are not in `text`. */
export const without = (range: string, text: string): string => {
  const taken = new Set(text);
  const left: string[] = [];
  for (const run of range.split(',')) {
    const [from = 0, to = from] = run
      .replace('U+', '')
      .split('-')
      .map((hex) => Number.parseInt(hex, 16));
    for (let point = from; point <= to; point++) {
      const sign = String.fromCodePoint(point);
      if (!taken.has(sign)) left.push(sign);
    }
  }
  return left.join('');
};

/** Serves the two style sheets and the list of preloads as modules of the site. */
const fontModules = ({ fontsCss, katexCss, preload }: FontFiles): Plugin => {
  const sources: Record<string, string> = {
    'fonts.css': fontsCss,
    'katex.css': katexCss,
    fonts: `export const preload = ${JSON.stringify(preload)};`,
  };
  const asked = 'virtual:heavy-weights/';
  const answered = '/@heavy-weights/';
  return {
    name: 'heavy-weights:fonts',
    resolveId: (id) =>
      id.startsWith(asked) && id.slice(asked.length) in sources
        ? answered + id.slice(asked.length)
        : undefined,
    load: (id) => (id.startsWith(answered) ? sources[id.slice(answered.length)] : undefined),
  };
};
