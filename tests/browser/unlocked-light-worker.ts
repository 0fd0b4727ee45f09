/** The light worker of grading without hardening, as `unlocked-worker.ts`. */
import './unlock.ts';
import '../../src/exercises/submission-worker.ts';
