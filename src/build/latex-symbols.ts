const ACCENTS = ['hat', 'bar', 'tilde', 'vec', 'dot'];
const GREEK =
  'alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi varphi chi psi omega Gamma Delta Theta Lambda Sigma Phi Psi Omega ell';
const SYMBOLS = new Set(GREEK.split(' '));

/**
 * The symbols of a formula, each once: letters with their accents (`\hat w`), Greek ones (`\sigma`), and names of several
 * letters (`clamp`, `SQNR`). Subscripts are read like the rest, but not words in them: of `|w|_{\max}` it is `w`.
 */
export function latexSymbols(latex: string): string[] {
  const found = new Set<string>();
  const named = latex
    .replace(/\\operatorname\*?\{([^}]*)\}/g, (_, name: string) => {
      found.add(name);
      return ' ';
    })
    // Words are words, unless they are an abbreviation that stands for a quantity.
    .replace(/\\(?:text|mathrm|textrm)\s*\{([^}]*)\}/g, (_, words: string) => {
      if (/^[A-Z]{2,}$/.test(words.trim())) found.add(words.trim());
      return ' ';
    })
    // The d of an integral's \, dx.
    .replace(/\\,\s*d(?=\s*[a-z])/g, ' ')
    .replace(/\\(?:begin|end)\{[^}]*\}|\\\\\[[^\]]*\]/g, ' ');
  let accent = '';
  for (const [token] of named.matchAll(/\\[a-zA-Z]+|[a-zA-Z]/g)) {
    const command = token.startsWith('\\') ? token.slice(1) : undefined;
    if (command !== undefined && ACCENTS.includes(command)) {
      accent = `${token} `;
      continue;
    }
    if (command === undefined || SYMBOLS.has(command)) {
      found.add(accent + token);
    }
    accent = '';
  }
  return [...found];
}

/** A formula without what does not show: spaces, and the braces and commands that only place things. */
export const bareLatex = (latex: string): string =>
  latex
    .replace(/\\[,;:! ]|\\(?:left|right|quad|qquad)\b/g, '')
    .replace(/\s+/g, '')
    .replace(/\{([a-zA-Z0-9])\}/g, '$1');
