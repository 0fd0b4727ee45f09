/** A name or id as it is compared: one Unicode form, small letters, single spaces. */
export const nameKey = (name: string): string =>
  name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

/** What a student is told from others by: the id, or the name if they gave no id. */
export const studentKey = ({ name, id }: { name: string; id: string }): string =>
  nameKey(id) || nameKey(name);
