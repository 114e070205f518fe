import { spawn } from 'node:child_process';
import { startCluster } from './postgres';
const cluster = await startCluster();
const files = process.argv.slice(2);
const child = spawn('node', ['node_modules/vitest/vitest.mjs', 'run', ...files], { stdio: 'inherit', env: { ...process.env, TEST_DATABASE_URL: cluster.url } });
child.on('exit', async (code) => { await cluster.stop(); process.exit(code ?? 1); });
