/** What the cells of one section have defined so far. */
export interface Definition {
  /** Assigned to after its declaration, perhaps: must be read and written where it lives. */
  live: boolean;
  get(): unknown;
  set(value: unknown): void;
}

export type SectionScope = Map<string, Definition>;

const sections = new Map<string, SectionScope>();

export function sectionScope(section: string): SectionScope {
  let scope = sections.get(section);
  if (!scope) sections.set(section, (scope = new Map()));
  return scope;
}
