const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  json: 'application/json',
  wasm: 'application/wasm',
};

/** Of a file, by its ending. */
export const contentType = (name: string): string =>
  TYPES[name.split('.').at(-1)!] ?? 'application/octet-stream';
