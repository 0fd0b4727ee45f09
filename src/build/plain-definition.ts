const WORDS: Record<string, string> = { max: 'max', min: 'min', le: '≤', ge: '≥', cdot: '·' };

/** A definition without the marks of Markdown and maths, for where only text can stand: `$\hat r = S(q - Z)$` → `r̂ = S(q − Z)`. */
export const plainDefinition = (markdown: string): string =>
  markdown
    .replace(/\$([^$]*)\$/g, (_, latex: string) => plainMaths(latex))
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`]/g, '');

const plainMaths = (latex: string): string =>
  latex
    .replace(/\\hat\s*\{?(\w)\}?/g, '$1\u0302')
    .replace(/\\(?:text|mathrm|operatorname)\{([^}]*)\}/g, '$1')
    .replace(/\\([a-zA-Z]+)/g, (_, command: string) => WORDS[command] ?? '')
    .replace(/\\[,;:! ]/g, ' ')
    .replace(/[{}]/g, '')
    .replace(/-/g, '−');
