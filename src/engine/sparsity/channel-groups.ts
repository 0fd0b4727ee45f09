import type { ModelGraph } from '../model-graph/model-graph.ts';
import { MAKES_CHANNELS, type ChannelClasses } from './channel-classes.ts';
import { kernelMatrix, type KernelMatrix } from './kernel-matrices.ts';

/** A layer that makes channels, with the class of each. */
export interface ChannelMaker {
  readonly name: string;
  readonly kernel: KernelMatrix;
  readonly ids: Int32Array;
}

/** Layers that share channels: most often one alone, and those whose outputs are added. */
export interface ChannelGroup {
  readonly layers: readonly ChannelMaker[];
  /** In the order of the first layer's channels. */
  readonly classes: readonly number[];
  /** Why no channel of it may be cut; undefined where they may. */
  readonly locked: string | undefined;
}

/** Layers that make channels, those that share any of them together, in the order in which they run. @internal */
export function channelGroups(
  { nodes }: ModelGraph,
  { of, locked }: ChannelClasses,
): ChannelGroup[] {
  const groups: ChannelMaker[][] = [];
  const groupOf = new Map<number, ChannelMaker[]>();
  for (const [index, node] of nodes.entries()) {
    if (!MAKES_CHANNELS.has(node.className)) continue;
    const ids = of[index]!;
    const maker = { name: node.name, kernel: kernelMatrix(node)!, ids };
    const shared = new Set(
      [...ids].map((id) => groupOf.get(id)).filter((group) => group !== undefined),
    );
    const [home = [], ...others] = shared;
    if (shared.size === 0) groups.push(home);
    home.push(maker);
    for (const other of others) {
      home.push(...other);
      groups.splice(groups.indexOf(other), 1);
    }
    for (const { ids: each } of home) for (const id of each) groupOf.set(id, home);
  }
  return groups.map((layers) => {
    const classes = [...new Set(layers.flatMap(({ ids }) => [...ids]))];
    const reason = classes.map((id) => locked.get(id)).find((each) => each !== undefined);
    return { layers, classes, locked: reason };
  });
}
