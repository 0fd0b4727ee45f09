/** Listeners that the tests own. What reaches one has left the sandbox, whatever the code was told. */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface Canaries {
  /** HTTP; answers every request with permission to be read from anywhere. */
  http: number;
  /** Raw TCP; a bare connection counts. */
  tcp: number;
  udp: number;
  /** What has arrived so far: paths, connections, datagrams. */
  hits: string[];
  close(): Promise<void>;
}

export async function startCanaries(): Promise<Canaries> {
  const hits: string[] = [];
  const http = createServer((request, response) => {
    hits.push(`http ${request.url}`);
    response.writeHead(200, {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'content-type': request.url?.includes('.js') ? 'text/javascript' : 'text/plain',
    });
    response.end('globalThis.cameFromOutside = true;');
  });
  http.on('upgrade', (request, socket) => {
    hits.push(`http ${request.url}`);
    socket.destroy();
  });
  const tcp = createTcpServer((socket) => {
    hits.push('tcp');
    socket.on('error', () => undefined);
    socket.destroy();
  });
  const udp = createSocket('udp4', () => hits.push('udp'));
  await Promise.all([
    new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve)),
    new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve)),
    new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve)),
  ]);
  const port = (of: { address(): unknown }): number => (of.address() as AddressInfo).port;
  return {
    http: port(http),
    tcp: port(tcp),
    udp: port(udp),
    hits,
    close: async () => {
      http.closeAllConnections();
      await Promise.all([
        new Promise((resolve) => http.close(resolve)),
        new Promise((resolve) => tcp.close(resolve)),
        new Promise<void>((resolve) => udp.close(resolve)),
      ]);
    },
  };
}
