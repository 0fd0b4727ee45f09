import type { Sabotage } from './sabotages.ts';

/** The six at the works, by what each could have done and no other could. */
export const SUSPECTS: Readonly<Record<Sabotage, { name: string; post: string }>> = {
  'poisoned-sample': { name: 'Amos Tull', post: 'keeper of the specimens' },
  'zero-point-dropped': { name: 'Edwin Marlow', post: 'setter of ranges and zeros' },
  'depthwise-per-tensor': { name: 'Lucian Ferrers', post: 'at the converter’s bench' },
  'stale-mask': { name: 'Tobias Strake', post: 'foreman of the training-room' },
  'swapped-axis': { name: 'Ada Finch', post: 'tabulator' },
  'bias-scale': { name: 'Hubert Quill', post: 'keeper of the biases' },
};
