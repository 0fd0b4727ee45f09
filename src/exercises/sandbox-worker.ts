/** Entry of the sandbox's worker bundle: everything that readers' code and checks can import. */
import * as tf from '@tensorflow/tfjs';
import * as engine from '../engine/index.ts';
import * as book from '../runtime/book.ts';
import { compileOnce } from '../runtime/realm/compile-cache.ts';
import { startWorker } from '../runtime/realm/start-worker.ts';
import * as kit from './kit/index.ts';
import { judge } from './judge.ts';

startWorker({
  modules: {
    'heavy-weights': engine,
    '@tensorflow/tfjs': tf,
    'heavy-weights/book': book,
    'heavy-weights/checks': kit,
  },
  tasks: { judge },
  compile: compileOnce,
});
