import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadExercise } from '../../../src/exercises/load.ts';
import { fencedCode, parseHints } from '../../../src/exercises/parse-hints.ts';
import { parseMistake } from '../../../src/exercises/parse-mistake.ts';
import { pythonNames } from '../../../src/exercises/python-names.ts';
import { findQuizFaults, findTraceFault, parseQuiz } from '../../../src/exercises/quiz.ts';

describe('a mistake’s comment', () => {
  test('gives the check and the advice, over several lines', () => {
    const code = `/**\n * Halves.\n *\n * @fails fixed\n * @advice You halved it.\n *   Double it.\n */\nexport const f = 1;\n`;
    expect(parseMistake('halves', code)).toEqual({
      name: 'halves',
      fails: 'fixed',
      advice: 'You halved it. Double it.',
      code,
    });
  });

  test.for<[string, string, string]>([
    ['no comment', 'export const f = 1;', 'mistakes/m.ts must open with a doc comment.'],
    ['no @fails', '/** @advice Double it. */', 'mistakes/m.ts needs one @fails'],
    ['no @advice', '/** @fails fixed */', 'mistakes/m.ts needs one @advice'],
    ['an empty @advice', '/**\n * @fails fixed\n * @advice\n */', 'Its text is empty.'],
    ['two @fails', '/**\n * @fails a\n * @fails b\n * @advice c\n */', 'It has several.'],
    ['a sentence for an id', '/**\n * @fails the first\n * @advice c\n */', 'must be one check id'],
  ])('with %s is refused by file and tag', ([, code, message]) => {
    expect(() => parseMistake('m', code)).toThrow(message);
  });
});

describe('hints', () => {
  test('are the items of one numbered list, with their paragraphs and code', () => {
    const hints = parseHints(
      '1. First,\n   on two lines.\n2. Second:\n\n   ```ts\n   const x = 1;\n     x;\n   ```\n',
    );
    expect(hints).toEqual(['First,\non two lines.', 'Second:\n\n```ts\nconst x = 1;\n  x;\n```']);
    expect(fencedCode(hints[1] ?? '')).toEqual(['const x = 1;', '  x;']);
  });

  test.for<[string, string, string]>([
    ['one hint', '1. Only.', 'at least two'],
    ['a skipped number', '1. a\n3. b', 'numbered 3; hint 2 comes next'],
    ['text outside the list', 'Hints:\n1. a\n2. b', 'Line 1'],
    ['nothing', '', 'at least two'],
  ])('with %s are refused', ([, text, message]) => {
    expect(() => parseHints(text)).toThrow(message);
  });
});

describe('names in Python', () => {
  const namesIn = (source: string): string[] => pythonNames(source).map(({ name }) => name);

  test('are found by whatever name the package was imported', () => {
    expect(namesIn('import tensorflow as tf\nx = tf.math.log(tf.constant(1.0)).numpy()')).toEqual([
      'tf.math.log',
      'tf.constant',
    ]);
    expect(namesIn('from tensorflow import keras as k\nk.layers.Dense(1)')).toEqual([
      'tf.keras',
      'tf.keras.layers.Dense',
    ]);
    expect(
      namesIn(
        'import tensorflow_model_optimization as tfmot\ntfmot.sparsity.keras.strip_pruning(m)',
      ),
    ).toEqual(['tfmot.sparsity.keras.strip_pruning']);
    expect(namesIn('import keras\nkeras.Input(shape=(1,))')).toEqual(['tf.keras.Input']);
  });

  test('are not looked for in text, comments, other packages or attributes', () => {
    const source = `import tensorflow as tf\nimport numpy as np\n# tf.no\nprint("tf.no", np.tf.no)\n"""tf.no\ntf.no"""\nself.tf.no`;
    expect(namesIn(source)).toEqual([]);
  });

  test('come with their line', () => {
    expect(pythonNames('import tensorflow as tf\n\ntf.size(x)')).toEqual([
      { name: 'tf.size', line: 3 },
    ]);
  });
});

describe('quiz files', () => {
  const option = (text: string, correct = false): string =>
    `      - { text: '${text}', correct: ${correct}, why: 'Because it is exactly so.' }`;
  const file = (...options: string[]): string =>
    [
      'questions:',
      '  - id: q-one',
      "    section: '1.1'",
      '    question: How many bytes has a float32?',
      '    options:',
      ...options,
    ].join('\n');
  const sections = new Set(['1.1']);
  const faultsOf = (text: string): string[] => findQuizFaults(parseQuiz(text, 'q.yaml'), sections);

  test('hold when one option is right', () => {
    expect(faultsOf(file(option('4', true), option('2'), option('8')))).toEqual([]);
  });

  test('are refused with none or two right, doubled options, doubled ids, a section that is not', () => {
    expect(faultsOf(file(option('4'), option('2'), option('8')))).toEqual([
      'Question q-one has 0 right options; it needs exactly one.',
    ]);
    expect(faultsOf(file(option('4', true), option('2', true), option('8')))[0]).toContain(
      '2 right options',
    );
    expect(faultsOf(file(option('4', true), option('2'), option('2')))[0]).toContain(
      'same option twice',
    );
    const questions = parseQuiz(file(option('4', true), option('2'), option('8')), 'q.yaml');
    expect(findQuizFaults([...questions, ...questions], sections)[0]).toContain('used before');
    expect(findQuizFaults(questions, new Set())[0]).toContain('section 1.1');
  });

  test('must fit the schema, by file', () => {
    expect(() => parseQuiz(file(option('4', true)), 'q.yaml')).toThrow('q.yaml does not fit');
    expect(() =>
      parseQuiz(file(`      - { text: '4', correct: true }`, option('2'), option('8')), 'q.yaml'),
    ).toThrow('why');
  });

  test('are traced: the value must be the right option and no other', () => {
    const trace = (value: unknown, ...options: string[]): string | undefined => {
      const [question] = parseQuiz(file(...options), 'q.yaml');
      if (question === undefined) throw new Error('no question');
      return findTraceFault(question, value);
    };
    expect(trace(-128, option('$-128$', true), option('127'), option('0'))).toBeUndefined();
    expect(trace(1066440, option('1,066,440', true), option('127'), option('0'))).toBeUndefined();
    expect(trace(127, option('−128', true), option('127'), option('0'))).toContain(
      'is traced to 127',
    );
    expect(trace(5, option('4', true), option('127'), option('0'))).toContain(
      'right option is “4”',
    );
  });
});

describe('loading', () => {
  test('names the folder and the file that is missing, or the field that is wrong', async () => {
    const root = await mkdtemp(join(tmpdir(), 'exercise-'));
    const folder = join(root, 'some-exercise');
    await mkdir(folder);
    await expect(loadExercise(folder)).rejects.toThrow(
      'Exercise some-exercise: exercise.yaml is missing.',
    );
    await writeFile(join(folder, 'exercise.yaml'), 'id: some-exercise\n');
    await expect(loadExercise(folder)).rejects.toThrow('does not fit its schema');
    const yaml = `id: other\ntitle: Title\nchapter: '1.1'\nconcepts: [a]\nladder: fill-in\ndifficulty: 1\npoints: 1\nseed: 1\nlimits: { ms: 1000 }\nentry: [f]\n`;
    await writeFile(join(folder, 'exercise.yaml'), yaml);
    await expect(loadExercise(folder)).rejects.toThrow('the folder is named “some-exercise”');
    await writeFile(join(folder, 'exercise.yaml'), yaml.replace('other', 'some-exercise'));
    await expect(loadExercise(folder)).rejects.toThrow('statement.mdx is missing');
    await writeFile(join(folder, 'statement.mdx'), '  \n');
    await expect(loadExercise(folder)).rejects.toThrow('statement.mdx is empty');
    await rm(root, { recursive: true });
  });
});
