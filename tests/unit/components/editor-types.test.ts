import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { collectEditorTypes } from '../../../src/build/collect-editor-types.ts';
import { aboveLibraries } from '../../../src/components/Editor/above-libraries.ts';

let files: Record<string, string>;

beforeAll(() => {
  files = collectEditorTypes();
}, 60_000);

/** Type-checks a cell with nothing but the files that the editor gets, resolved as its service resolves. */
const check = (code: string, above: readonly string[] = []): string[] => {
  const texts = new Map(Object.entries(files).map(([path, text]) => [`/${path}`, text]));
  for (const { content, filePath } of aboveLibraries(above))
    texts.set(filePath.replace('file://', ''), content);
  texts.set('/book/cell.ts', code);
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    moduleDetection: ts.ModuleDetectionKind.Force,
    lib: ['lib.es2024.d.ts', 'lib.webworker.d.ts'],
    strict: true,
    noImplicitAny: false,
    skipLibCheck: true,
    noEmit: true,
    ignoreDeprecations: '6.0',
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const readLibrary = host.readFile;
  host.fileExists = (path) => texts.has(path);
  host.readFile = (path) =>
    texts.get(path) ?? (path.includes('/typescript/lib/') ? readLibrary(path) : undefined);
  host.directoryExists = (folder) =>
    [...texts.keys()].some((path) => path.startsWith(`${folder}/`));
  host.getCurrentDirectory = () => '/';
  const roots = [
    '/book/cell.ts',
    ...[...texts.keys()].filter((path) => path.startsWith('/above/')),
  ];
  const program = ts.createProgram(roots, options, host);
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile('/book/cell.ts'))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
};

describe('the declarations that the editor fetches', () => {
  it('type a cell that uses the engine, the book and TensorFlow.js', () => {
    expect(
      check(`
        import { numerics, tf } from 'heavy-weights';
        import { display, openModel } from 'heavy-weights/book';
        import { tensor1d } from '@tensorflow/tfjs';
        const model = await openModel('lenet-300-100');
        const weights: Float32Array = model.layers[0].getWeights()[0].dataSync() as Float32Array;
        const params = numerics.chooseQuantizationParams(numerics.minMax(weights), { numBits: 8, signed: true, symmetric: true });
        const scale: number = params.scale;
        const t: tf.Tensor1D = tensor1d([scale]);
        display.bar({ a: t.size });
        console.log(scale);
      `),
    ).toEqual([]);
  });

  it('tell a wrong call from a right one', () => {
    const problems = check(
      `import { numerics } from 'heavy-weights';\nnumerics.quantize('text', 3);`,
    );
    expect(problems.join()).toMatch(/not assignable/);
    expect(check(`import { nothing } from 'heavy-weights';`).join()).toMatch(
      /no exported member 'nothing'/,
    );
  });

  it('carry what cells above define, with its type', () => {
    const above = [
      "import { numerics } from 'heavy-weights';\nconst worst = numerics.mse(new Float32Array(1), new Float32Array(1));",
    ];
    expect(check('const text: string = worst;\nnumerics.minMax;', above)).toEqual([
      "Type 'number' is not assignable to type 'string'.",
    ]);
    expect(check('console.log(worst);')).toEqual(["Cannot find name 'worst'."]);
  });

  it('carry the docs that a hover shows', () => {
    expect(files['node_modules/heavy-weights/src/engine/numerics/quantize.d.ts']).toContain(
      '@throws',
    );
  });
});
