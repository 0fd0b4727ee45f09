/** The book's worker without hardening; which waits for the boot message, when `unlock.ts` has run. */
import './unlock.ts';
import '../../src/exercises/sandbox-worker.ts';
