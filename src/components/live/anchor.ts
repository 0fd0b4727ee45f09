const KINDS = {
  cells: 'cell',
  exercises: 'exercise',
  quizzes: 'quiz',
  predictions: 'prediction',
} as const;

/** The anchor of a live component in its page. It names the kind, so that no heading has the same. */
export const anchorOf = (kind: keyof typeof KINDS, id: string): string => `${KINDS[kind]}-${id}`;
