import { createSandbox } from './app';
import { remember } from './memory';
import { listen } from './server';
import { readSettings } from './settings';

const { port, memoryFile, ...settings } = readSettings(process.env, process.argv.slice(2));
const sandbox = createSandbox({ publicUrl: `http://127.0.0.1:${port}`, ...settings });
if (memoryFile) remember(sandbox.state, memoryFile);

try {
  const { url, close } = await listen(sandbox, port);
  console.log(`Koban sandbox: ${url}/api/v1 · console ${url}/console · control ${url}/_control`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void close().then(() => process.exit(0)));
} catch (error) {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    console.error(`The sandbox cannot start: port ${port} is taken. Set SANDBOX_PORT to another one.`);
    process.exit(1);
  }
  throw error;
}
