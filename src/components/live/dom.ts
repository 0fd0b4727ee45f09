/** Small helpers of the live components: nodes are built, HTML is never assembled from text. */

/** The one element that must be there; its absence is a defect of the component's own markup. */
export const find = <T extends HTMLElement = HTMLElement>(
  root: ParentNode,
  selector: string,
): T => {
  const element = root.querySelector<T>(selector);
  if (element === null) throw new Error(`The component's markup lacks ${selector}.`);
  return element;
};

/** The button that does `act`. */
export const actButton = (root: ParentNode, act: string): HTMLButtonElement =>
  find<HTMLButtonElement>(root, `button[data-act="${act}"]`);

type Child = Node | string;

/** An element with properties and children; strings become text nodes. */
export const make = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<Omit<HTMLElementTagNameMap[K], 'children'>> = {},
  children: readonly Child[] = [],
): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  Object.assign(element, properties);
  element.append(...children);
  return element;
};

/** Nodes of HTML that the book's own build made (a hint with its maths): never of a reader's text. */
export const bookNodes = (html: string): DocumentFragment => {
  const fragment = document.createDocumentFragment();
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  fragment.append(...[...parsed.body.childNodes].map((node) => document.adoptNode(node)));
  return fragment;
};
