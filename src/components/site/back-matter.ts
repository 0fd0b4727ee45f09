/** The pages after the chapters, in the order of the footer and of the contents. */
export const backMatter = [
  {
    name: 'Case notes',
    path: 'case-notes/',
    about: 'The lines to remember of every section, on one page, with the evidence apart.',
  },
  {
    name: 'Playground',
    path: 'playground/',
    about: 'An empty cell with all of the engine, and links that carry code.',
  },
  {
    name: 'TypeScript for Python readers',
    path: 'typescript-for-python/',
    about: 'As much of it as the cells and exercises need, beside the same in Python.',
  },
  {
    name: 'TensorFlow and the engine',
    path: 'tfmot/',
    about:
      'The names of TFMOT, TensorFlow Lite and Keras beside the engine’s, and where they differ.',
  },
  { name: 'Glossary', path: 'glossary/', about: 'Every term of the book in a sentence or two.' },
  { name: 'Notation', path: 'notation/', about: 'Every symbol of the formulas, with its unit.' },
  {
    name: 'Bibliography',
    path: 'bibliography/',
    about: 'The works that the book cites, and where it cites them.',
  },
  {
    name: 'Answers',
    path: 'answers/',
    about: 'Where they are, and what a passed exercise proves.',
  },
  {
    name: 'For instructors',
    path: 'instructors/',
    about:
      'Assignments of the book’s exercises: built, taken, graded and exported without a server.',
  },
  {
    name: 'Colophon and licences',
    path: 'colophon/',
    about: 'What the book is made of, and what you may do with it.',
  },
] as const;
