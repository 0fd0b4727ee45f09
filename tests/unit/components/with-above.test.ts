import { describe, expect, it } from 'vitest';
import { withAbove } from '../../../src/components/Share/with-above.ts';

describe('a cell that stands alone', () => {
  it('is its own code where it builds on nothing', () => {
    const code = "import { tf } from 'heavy-weights';\nconst a = 1; // b is above\nc.b('b');";
    expect(withAbove(['const b = 2;'], code)).toBe(code);
  });

  it('brings what it uses, and what that uses, and no more; imports are joined', () => {
    const above = [
      "import { tf } from 'heavy-weights';\nconst one = tf.scalar(1);",
      'const unused = 0;',
      "import { tf, numerics } from 'heavy-weights';\nfunction two() {\n  return [one, tf, numerics];\n}",
    ];
    expect(withAbove(above, "import { display } from 'heavy-weights/book';\ndisplay(two());")).toBe(
      [
        "import { tf, numerics } from 'heavy-weights';",
        "import { display } from 'heavy-weights/book';",
        '',
        'const one = tf.scalar(1);',
        '',
        'function two() {\n  return [one, tf, numerics];\n}',
        '',
        'display(two());',
        '',
      ].join('\n'),
    );
  });

  it('takes the last definition of a name', () => {
    expect(withAbove(['const a = 1;', 'const a = 2;'], 'print(a);')).toBe(
      'const a = 2;\n\nprint(a);\n',
    );
  });

  it('keeps apart what two cells call by one name', () => {
    expect(withAbove(['const rows = [1];\nconst first = rows[0];'], 'const rows = [first];')).toBe(
      [
        'const { first } = await (async () => {',
        '  const rows = [1];',
        '  const first = rows[0];',
        '  return { first };',
        '})();',
        '',
        'const rows = [first];',
        '',
      ].join('\n'),
    );
  });

  it('finds a name in a template, after a spread, and not as a property', () => {
    const above = ['const deep = [1];'];
    expect(withAbove(above, 'print(`${deep}`);')).toContain('const deep');
    expect(withAbove(above, 'print([...deep]);')).toContain('const deep');
    expect(withAbove(above, 'print(x.deep);')).toBe('print(x.deep);');
  });
});
