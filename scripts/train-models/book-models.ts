import { bnCnn } from './bn-cnn.ts';
import type { BookModel } from './book-model.ts';
import { depthwiseNet } from './depthwise-net.ts';
import { lenet300100 } from './lenet-300-100.ts';
import { lenet5 } from './lenet-5.ts';

/** Every model under public/models. */
export const BOOK_MODELS: readonly BookModel[] = [lenet300100, lenet5, bnCnn, depthwiseNet];
