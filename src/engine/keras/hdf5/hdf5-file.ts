import { ReaderError } from '../../../shared/reader-error.ts';
import { attributeTexts, readAttributes, type Attribute } from './attributes.ts';
import { openDataset, type Dataset } from './dataset.ts';
import { GlobalHeap } from './global-heap.ts';
import { readLinks, type Link } from './group-links.ts';
import type { Hdf5Bytes } from './hdf5-bytes.ts';
import { hdf5Unsupported, SAVE_WITH_KERAS } from './hdf5-errors.ts';
import { findMessage, MESSAGE, readObjectHeader, type Message } from './object-header.ts';
import { readSuperblock } from './superblock.ts';

/** Characters that one text may have: the configuration of a model with a thousand layers takes less than 1 MB. */
export const MOST_TEXT_BYTES = 16 * 2 ** 20;

/** Objects already opened, so that one that is reached along many paths is read once. */
interface Opened {
  file: Hdf5Bytes;
  heap: GlobalHeap;
  objects: Map<number, Hdf5Object>;
}

/**
 * Opens an HDF5 file: nothing is read of it but what is asked for. It is a reader of our own, for a file is not to be
 * trusted: every address is checked, every walk ends, and no memory is taken on a file's word.
 *
 * @throws ReaderError `hdf5-invalid`, `hdf5-truncated`
 * @internal
 */
export function openHdf5(bytes: Uint8Array, start: number): Hdf5Object {
  const { file, root } = readSuperblock(bytes, start);
  return new Hdf5Object({ file, heap: new GlobalHeap(file), objects: new Map() }, root, 'the file');
}

/** A group or an array. @internal */
export class Hdf5Object {
  readonly name: string;
  readonly #opened: Opened;
  readonly #messages: Message[];
  #attributes: Map<string, Attribute> | undefined;
  #links: Map<string, Link> | undefined;

  constructor(opened: Opened, address: number, name: string) {
    this.name = name;
    this.#opened = opened;
    opened.objects.set(address, this);
    this.#messages = readObjectHeader(opened.file, address);
  }

  /** Names of what is in the group. */
  get names(): string[] {
    return [...this.#allLinks().keys()];
  }

  /** Whether it is an array. */
  get isDataset(): boolean {
    return findMessage(this.#messages, MESSAGE.layout) !== undefined;
  }

  /** What a path leads to, name by name; undefined where there is nothing. */
  find(path: string): Hdf5Object | undefined {
    const names = path.split('/').filter((name) => name !== '');
    return names.reduce<Hdf5Object | undefined>(
      (object, name) => object && object.#child(name),
      this,
    );
  }

  hasAttribute(name: string): boolean {
    return this.#allAttributes().has(name);
  }

  /** The texts of an attribute; undefined where there is none of that name. */
  texts(name: string): string[] | undefined {
    const attribute = this.#allAttributes().get(name);
    return attribute && attributeTexts(attribute, this.#opened.heap, requireTextFits);
  }

  /** The array itself. */
  dataset(): Dataset {
    return openDataset(this.#opened.file, this.#messages, this.name, () => this.#allAttributes());
  }

  #child(name: string): Hdf5Object | undefined {
    if (this.isDataset) return undefined;
    const link = this.#allLinks().get(name);
    if (!link) return undefined;
    if ('elsewhere' in link) {
      throw hdf5Unsupported(`${link.elsewhere}, at ${name}`, SAVE_WITH_KERAS);
    }
    return (
      this.#opened.objects.get(link.address) ?? new Hdf5Object(this.#opened, link.address, name)
    );
  }

  #allAttributes(): Map<string, Attribute> {
    this.#attributes ??= readAttributes(this.#opened.file, this.#messages);
    return this.#attributes;
  }

  #allLinks(): Map<string, Link> {
    this.#links ??= readLinks(this.#opened.file, this.#messages);
    return this.#links;
  }
}

function requireTextFits(bytes: number): void {
  if (bytes <= MOST_TEXT_BYTES) return;
  throw new ReaderError({
    code: 'keras-text-too-long',
    explain: `The file holds a text of ${bytes} bytes; the longest that is read has ${MOST_TEXT_BYTES}.`,
    hint: 'The configuration of a model is far shorter: this is not one, or it was made to do harm.',
  });
}
