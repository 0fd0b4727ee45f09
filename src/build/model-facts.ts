import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project-root.ts';

/** One weight tensor of a model of the book. */
export interface WeightFacts {
  /** As stored: `dense_1/kernel`. */
  name: string;
  /** The layer's name: `dense_1`. */
  layer: string;
  /** Its role in the layer: `kernel` or `bias`. */
  role: string;
  /** A dense kernel is [inputs, outputs]. */
  shape: number[];
  values: Float32Array;
}

interface WeightsManifestGroup {
  paths: string[];
  weights: { name: string; shape: number[]; dtype: string }[];
}

/**
 * The weights of a model under public/models, in the order of its layers, read from the
 * TensorFlow.js files themselves: the build needs no TensorFlow.js for its figures.
 *
 * @throws Error if the files do not hold what the manifest says, or a weight is not float32.
 */
export function modelFacts(name: string): WeightFacts[] {
  const folder = join(projectRoot, 'public', 'models', name);
  const model = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as {
    weightsManifest: WeightsManifestGroup[];
  };
  return model.weightsManifest.flatMap((group) =>
    readGroup(group, Buffer.concat(group.paths.map((path) => readFileSync(join(folder, path))))),
  );
}

function readGroup(group: WeightsManifestGroup, bytes: Buffer): WeightFacts[] {
  let offset = 0;
  const facts = group.weights.map(({ name, shape, dtype }) => {
    if (dtype !== 'float32')
      throw new Error(`${name}: expected float32 weights, the manifest says ${dtype}.`);
    const length = shape.reduce((product, dim) => product * dim, 1);
    if (offset + 4 * length > bytes.length)
      throw new Error(`${name}: the weight file ends before it does.`);
    const values = Float32Array.from({ length }, (_, i) => bytes.readFloatLE(offset + 4 * i));
    offset += 4 * length;
    const [layer = name, role = ''] = name.split('/');
    return { name, layer, role, shape, values };
  });
  if (offset !== bytes.length)
    throw new Error(`The weight file has ${bytes.length - offset} bytes too many.`);
  return facts;
}
