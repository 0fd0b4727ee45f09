/** The command line makes no sense; says why. */
export class UsageError extends Error {}
