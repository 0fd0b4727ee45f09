const SIGNS: Readonly<Record<string, string>> = {
  times: '×',
  cdot: '·',
  div: '÷',
  pm: '±',
  le: '≤',
  leq: '≤',
  ge: '≥',
  geq: '≥',
  ne: '≠',
  neq: '≠',
  approx: '≈',
  infty: '∞',
  in: '∈',
  sum: '∑',
  prod: '∏',
  to: '→',
  partial: '∂',
  nabla: '∇',
  lfloor: '⌊',
  rfloor: '⌋',
  lceil: '⌈',
  rceil: '⌉',
  ell: 'ℓ',
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  Delta: 'Δ',
  epsilon: 'ε',
  varepsilon: 'ε',
  eta: 'η',
  theta: 'θ',
  lambda: 'λ',
  mu: 'μ',
  pi: 'π',
  rho: 'ρ',
  sigma: 'σ',
  Sigma: 'Σ',
  tau: 'τ',
  phi: 'φ',
  omega: 'ω',
};
/** Functions keep their name; every other command says how a thing is set, not what it is. */
const NAMES = /^(?:log|ln|exp|min|max|sin|cos|tanh|arg|det|lim|sup|inf|bmod|mod)$/;

/** A formula of the running text as a line of plain text: `2^{\,E - 127}` → `2^(E - 127)`. */
export const texText = (tex: string): string =>
  tex
    .replace(/\\([A-Za-z]+)/g, (_, name: string) => (NAMES.test(name) ? name : (SIGNS[name] ?? '')))
    .replace(/\\[{}]/g, '')
    .replace(/\\[^A-Za-z]/g, ' ')
    .replace(/\^\{([^{}]{2,})\}/g, '^($1)')
    .replace(/[{}$~]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/\( | \)/g, (bracket) => bracket.trim())
    .trim();
