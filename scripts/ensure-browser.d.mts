export const QUIET_FLAGS: readonly string[];
export function findBrowser(): string | null;
export function ensureBrowser(): string;
