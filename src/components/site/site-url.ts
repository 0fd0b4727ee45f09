/** Address of a path below the site's base: `siteUrl('contents/')` → `/book/contents/`. */
export const siteUrl = (path = ''): string =>
  `${import.meta.env.BASE_URL.replace(/\/*$/, '/')}${path.replace(/^\/+/, '')}`;
