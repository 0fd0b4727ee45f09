/**
 * Entry of the light worker bundle, for grading: a realm for programs that import nothing. It is the sandbox's own realm
 * without TensorFlow.js and the engine, which take most of the time that a worker takes to start.
 */
import { startWorker } from '../runtime/realm/start-worker.ts';

startWorker({ modules: {}, tasks: {} });
