/**
 * Entry of the light worker bundle, for grading: a realm for programs that import nothing. It is the sandbox's own realm
 * without what takes most of the time that a worker takes to start: TensorFlow.js, the engine and the compiler. Its programs
 * come compiled, from the judge's realm.
 */
import { startWorker } from '../runtime/realm/start-worker.ts';

startWorker({
  modules: {},
  tasks: {},
  compile: () => {
    throw new Error('A light realm has no compiler.');
  },
});
