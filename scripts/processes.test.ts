import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test, vi } from 'vitest';
import { CannotStart, freePort, launch, launchServer, portIsFree } from './processes';

const inline = (code: string) => ['node', '--input-type=module', '--eval', code];
const serverOn = (port: number) =>
  `import { createServer } from 'node:http'; createServer((_, answer) => answer.end('ok')).listen(${port}, '127.0.0.1');`;

test('a server is open when it answers, and gone when it is stopped', async () => {
  const port = await freePort();
  const server = await launchServer('It', inline(serverOn(port)), { address: `http://127.0.0.1:${port}` });
  expect(await portIsFree(port)).toBe(false);
  await server.stop();
  expect(await portIsFree(port)).toBe(true);
});

test('a server that ends before it answers is refused with its last words', async () => {
  const dying = inline("console.error('no such table'); process.exit(3);");
  const opening = launchServer('It', dying, { address: `http://127.0.0.1:${await freePort()}` });
  await expect(opening).rejects.toThrow(CannotStart);
  await expect(opening).rejects.toThrow('no such table\nIt ended with exit code 3.');
});

test('a command that does not exist ends badly, and says so', async () => {
  expect(await launch('It', ['no-such-command']).ended).toMatchObject({ ok: false });
});

test('what it started ends with it, even when it is killed', async () => {
  const port = await freePort();
  const starter = spawn(
    process.execPath,
    [
      '--import=tsx',
      '--input-type=module',
      '--eval',
      `import { launchServer } from './scripts/processes.ts';
       await launchServer('It', ${JSON.stringify(inline(serverOn(port)))}, { address: 'http://127.0.0.1:${port}' });
       console.log('open');
       await new Promise(() => setInterval(() => {}, 1000));`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(starter.stdout, 'data');
  expect(await portIsFree(port)).toBe(false);
  starter.kill('SIGKILL');
  await vi.waitFor(async () => expect(await portIsFree(port)).toBe(true), 10_000);
});

test.each(['127.0.0.1', '0.0.0.0'])('a port taken on %s is seen', async (host) => {
  const other = createServer();
  const port = await freePort();
  other.listen(port, host);
  await once(other, 'listening');
  expect(await portIsFree(port)).toBe(false);
  other.close();
});
