// The floor of (s), as `node bare-streams.ts <port>`: a bare server of Node that holds streams, and writes to each of them what
// the portal's would be told of a change. It imports nothing: Node runs it as it is.
import { createServer, type ServerResponse } from 'node:http';

const open = new Set<ServerResponse>();
let version = 0;

function tell(): void {
  const lot = ['TDC-L101', version, 'x'.repeat(200)];
  const change = {
    kind: 'delta',
    promoter: 'valmont',
    since: version - 1,
    version,
    total: 1_000,
    lots: [lot],
  };
  const told = Buffer.from(`event: stock\ndata: ${JSON.stringify(change)}\nid: valmont:${version}\n\n`);
  for (const response of open) response.write(told);
}

createServer((request, response) => {
  if (request.url === '/api/events') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', Connection: 'close' });
    response.write(`event: hello\ndata: {}\nid: valmont:${version}\n\n`);
    open.add(response);
    response.on('close', () => open.delete(response));
  } else if (request.method === 'POST') {
    version += 1;
    tell();
    response.end(JSON.stringify({ version, at: Date.now() }));
  } else {
    const held = process.memoryUsage.rss();
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    response.end(JSON.stringify({ ...process.memoryUsage(), held }));
  }
}).listen(Number(process.argv[2]), '127.0.0.1');
