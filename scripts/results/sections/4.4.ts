/** Section 4.4: what each network of the book costs under each bargain, in bytes, multiplications and bytes moved. */
import { loadModel } from '../../../src/build/load-model.ts';
import type { MnistSet } from '../../../src/build/mnist.ts';
import { fitsDevice, modelCost } from '../../../src/engine/evaluation/index.ts';
import { quantizePostTraining } from '../../../src/engine/quantization/index.ts';
import { imageBatch } from '../quantization/images.ts';

export const models = ['lenet-300-100', 'lenet-5', 'bn-cnn', 'depthwise-net'] as const;
export const images = ['train'] as const;

export type Bargain = (typeof BARGAINS)[number];

/** An operator that multiplies. */
export interface OperatorRow {
  macs: number;
  weightBytes: number;
  activationBytes: number;
}

/** One network under one bargain. */
export interface CostRow {
  /** Weights, biases and scales. */
  flashBytes: number;
  ramBytes: number;
  macs: number;
  weightBytes: number;
  operators: OperatorRow[];
}

export interface Section44Results {
  networks: Record<string, Record<Bargain, CostRow>>;
}

const BARGAINS = ['float32', 'float16', 'dynamic', 'int8', 'int16x8', 'int4'] as const;
const DEVICE = { flash: 256 * 1024, ram: 64 * 1024 };
const SPECIMENS = 100;

export async function compute({ train }: { train: MnistSet }): Promise<Section44Results> {
  const networks: Section44Results['networks'] = {};
  for (const name of models) {
    const model = await loadModel(name);
    const shape = model.inputs[0]!.shape.slice(1) as number[];
    const rows: Partial<Record<Bargain, CostRow>> = {};
    for (const mode of BARGAINS) {
      const network = await quantizePostTraining(model, {
        mode,
        representativeDataset: function* () {
          const sheets = imageBatch(train, 0, SPECIMENS);
          yield sheets.reshape([SPECIMENS, ...shape]);
          sheets.dispose();
        },
      });
      const { flashBytes, ramBytes } = fitsDevice(network, DEVICE);
      const { macs, weightBytes, operators } = modelCost(network);
      rows[mode] = {
        flashBytes,
        ramBytes,
        macs,
        weightBytes,
        operators: operators
          .filter((operator) => operator.macs > 0)
          .map((operator) => ({
            macs: operator.macs,
            weightBytes: operator.weightBytes,
            activationBytes: operator.activationBytes,
          })),
      };
    }
    networks[name] = rows as Record<Bargain, CostRow>;
    model.dispose();
  }
  return { networks };
}
