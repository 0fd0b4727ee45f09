/** How the fragment of a link that carries code begins; other fragments name places of the page. */
export const shareKey = 'code=';

/** Whether a fragment, with or without its `#`, claims to carry code. */
export const isShared = (fragment: string): boolean =>
  fragment.replace(/^#/, '').startsWith(shareKey);
