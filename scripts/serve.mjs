// Serves dist/ as a plain static host would: `node scripts/serve.mjs [--port 4321] [--dir dist] [--base /book/]`.
// A taken port moves on to the next one, unless the port was asked for.
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import compression from 'compression';
import sirv from 'sirv';

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    dir: { type: 'string', default: 'dist' },
    base: { type: 'string', default: process.env.BASE_PATH ?? '/' },
  },
});
const base = `/${values.base}/`.replace(/\/+/g, '/');
const files = sirv(values.dir, { etag: true, gzip: false });
// Every public host compresses; the page budgets count on it.
const compress = compression({ level: 4 });

const server = createServer((request, response) => {
  const url = request.url ?? '/';
  if (!url.startsWith(base)) {
    const inside = url === base.slice(0, -1) || url === '/';
    response.writeHead(
      inside ? 302 : 404,
      inside ? { location: base } : { 'content-type': 'text/plain' },
    );
    response.end(inside ? undefined : 'Not found');
    return;
  }
  request.url = url.slice(base.length - 1);
  compress(request, response, () => {
    files(request, response, () => {
      request.url = '/404.html';
      const end = response.writeHead.bind(response);
      response.writeHead = (_code, headers) => end(404, headers);
      files(request, response, () => response.writeHead(404).end('Not found'));
    });
  });
});

let port = Number(values.port ?? process.env.PORT ?? 4321);
server.on('error', (error) => {
  if (error.code === 'EADDRINUSE' && values.port === undefined && port < 4400) {
    port += 1;
    server.listen(port);
    return;
  }
  console.error(
    error.code === 'EADDRINUSE'
      ? `Port ${port} is taken: stop what uses it, or name another with --port.`
      : error.message,
  );
  process.exit(1);
});
server.on('listening', () => {
  console.log(
    `\n  The Adventure of the Heavy Weights\n  http://localhost:${port}${base}\n\n  Ctrl+C stops it.`,
  );
});
server.listen(port);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
