/** How a figure's controller finds its parts and writes its numbers. */

/** The element that the figure's markup marks with `data-part`. */
export function part<T extends Element = HTMLElement>(root: ParentNode, name: string): T {
  const found = root.querySelector<T>(`[data-part="${name}"]`);
  if (!found) throw new Error(`The figure has no part “${name}”.`);
  return found;
}

/** Writes a text into a part. */
export function write(root: ParentNode, name: string, text: string): void {
  part(root, name).textContent = text;
}

/** Sets attributes of a part of a drawing. */
export function draw(
  root: ParentNode,
  name: string,
  attributes: Record<string, string | number>,
): void {
  const element = part<SVGElement>(root, name);
  for (const [attribute, value] of Object.entries(attributes))
    element.setAttribute(attribute, String(value));
}
