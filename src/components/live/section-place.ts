/** Where a live component stands. The section's page sets it before it renders its content. */
export interface SectionPlace {
  chapterSlug: string;
  sectionSlug: string;
  /** `1.2` */
  number: string;
}

/** Reads the place from `Astro.locals`; a page that has none cannot hold live components. */
export const sectionPlace = (locals: object, component: string): SectionPlace => {
  const place: unknown = 'section' in locals ? locals.section : undefined;
  if (
    typeof place === 'object' &&
    place !== null &&
    'chapterSlug' in place &&
    'sectionSlug' in place &&
    'number' in place
  ) {
    return {
      chapterSlug: String(place.chapterSlug),
      sectionSlug: String(place.sectionSlug),
      number: String(place.number),
    };
  }
  throw new Error(
    `<${component}> stands on a page without Astro.locals.section = { chapterSlug, sectionSlug, number }: set it before rendering the content.`,
  );
};

/** Key under which the cells of a section share a worker and their records are filed. */
export const sectionKey = ({ chapterSlug, sectionSlug }: SectionPlace): string =>
  `${chapterSlug}/${sectionSlug}`;
