import { statSync } from 'node:fs';
import { join } from 'node:path';
import { modelFacts } from '../../build/model-facts.ts';
import { projectRoot } from '../../build/project-root.ts';

/** A model of the book's own, as the page offers it. */
export interface BookModel {
  name: string;
  title: string;
  about: string;
  parameters: number;
  /** Of model.json and the weights together. */
  bytes: number;
}

const MODELS = [
  { name: 'lenet-300-100', title: 'LeNet-300-100', about: 'three dense layers' },
  { name: 'lenet-5', title: 'LeNet-5', about: 'two convolutions, two dense layers' },
  { name: 'bn-cnn', title: 'BN-CNN', about: 'three convolutions, each normalized' },
  {
    name: 'depthwise-net',
    title: 'Depthwise net',
    about: 'three depthwise pairs, as in MobileNet',
  },
];

/** The models under public/models, with their sizes: read at build. */
export const bookModels = (): BookModel[] =>
  MODELS.map((model) => {
    const sizeOf = (file: string): number =>
      statSync(join(projectRoot, 'public', 'models', model.name, file)).size;
    return {
      ...model,
      parameters: modelFacts(model.name).reduce((sum, { values }) => sum + values.length, 0),
      bytes: sizeOf('model.json') + sizeOf('weights.bin'),
    };
  });
