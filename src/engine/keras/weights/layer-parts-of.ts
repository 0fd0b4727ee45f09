import type * as tf from '@tensorflow/tfjs';
import { WrappingLayer } from '../../model-graph/wrapping-layer.ts';

type Layer = tf.layers.Layer;

/** A layer, or a layer within it that has weights of its own. */
export interface LayerPart {
  layer: Layer;
  /** What holds it; undefined of the layer itself. */
  within: LayerPart | undefined;
  /** What Keras calls the attribute that holds it. */
  attribute: string;
}

/** Where layers keep others. */
interface Holder {
  cell?: Layer;
  forwardLayer?: Layer;
  backwardLayer?: Layer;
  layer?: Layer;
}

/** A layer and the layers in it: cells of recurrent layers, what wrappers wrap, both ways of Bidirectional. @internal */
export function layerParts(layer: Layer): LayerPart[] {
  const parts: LayerPart[] = [];
  const visit = (each: Layer, within: LayerPart | undefined, attribute: string): void => {
    const part = { layer: each, within, attribute };
    parts.push(part);
    for (const [name, inner] of innerLayers(each)) visit(inner, part, name);
  };
  visit(layer, undefined, '');
  return parts;
}

function innerLayers(layer: Layer): [string, Layer][] {
  if (layer instanceof WrappingLayer) return [['layer', layer.inner]];
  const { cell, forwardLayer, backwardLayer, layer: inner } = layer as unknown as Holder;
  if (cell) return [['cell', cell]];
  if (forwardLayer && backwardLayer) {
    return [
      ['forward_layer', forwardLayer],
      ['backward_layer', backwardLayer],
    ];
  }
  return inner ? [['layer', inner]] : [];
}

/** The variables that a part has of its own, in the order in which they were made. @internal */
export function ownVariables(layer: Layer): tf.LayerVariable[] {
  // The lists that a layer shows hold those of its parts too.
  const { _trainableWeights: trained, _nonTrainableWeights: fixed } = layer as unknown as Record<
    string,
    tf.LayerVariable[]
  >;
  return [...(trained ?? []), ...(fixed ?? [])].sort((a, b) => idOf(a) - idOf(b));
}

const idOf = (variable: tf.LayerVariable): number => (variable as unknown as { id: number }).id;

/** What a variable is called within its layer: `kernel`, `bias`, … @internal */
export function shortName({ originalName }: tf.LayerVariable): string {
  return originalName.split('/').at(-1)!;
}
