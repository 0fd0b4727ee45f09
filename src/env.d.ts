/// <reference types="astro/client" />

/** For plain TypeScript, which cannot look into a component; `astro check` can, and does. */
declare module '*.astro' {
  const component: import('astro/runtime/server/index.js').AstroComponentFactory;
  export default component;
}

/** Faces of the book's fonts, and KaTeX's rules with its own faces replaced: made by src/build/fonts.ts. */
declare module 'virtual:heavy-weights/fonts.css' {}
declare module 'virtual:heavy-weights/katex.css' {}

declare module 'virtual:heavy-weights/fonts' {
  /** Files of the faces that every page shows at once, relative to the site's base. */
  export const preload: readonly string[];
}

declare module 'virtual:heavy-weights/sandbox-frame' {
  /** The text of /sandbox.html: made by src/build/sandbox-bundle.ts. */
  export const html: string;
  /** Source expression that lets its script run. */
  export const scriptHash: string;
}

declare module 'virtual:heavy-weights/scorm' {
  /** What every SCORM package carries besides its questions: made by src/build/scorm-assets.ts. */
  export const script: string;
  export const style: string;
}

declare namespace App {
  interface Locals {
    /** The section being rendered; set by its page for the components in its text. */
    section?: {
      chapterSlug: string;
      sectionSlug: string;
      /** `1.2` */
      number: string;
      title: string;
      /** Ids of its numbered formulas, in order. */
      equations: string[];
    };
  }
}

declare module 'subset-font' {
  interface Options {
    targetFormat?: 'sfnt' | 'woff' | 'woff2';
    noHinting?: boolean;
    keepAllGlyphs?: boolean;
    keepFeatures?: string[];
    variationAxes?: Record<string, number | { min: number; max: number; default?: number }>;
  }
  const subsetFont: (font: Buffer, text: string | undefined, options?: Options) => Promise<Buffer>;
  export default subsetFont;
}
