import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './processes';

export type Cluster = {
  /** With a superuser's name and password; the databases are the caller's to make. */
  url: string;
  /** Stops the server and deletes everything it wrote. */
  stop(): Promise<void>;
};

// Its standard input is this process's: when that closes, at `stop` or because this process is gone, the server stops and its
// folder goes. PostgreSQL's fast shutdown is SIGINT.
const untilInputCloses = `
  "$@" & server=$!
  cat > /dev/null
  kill -INT $server
  wait $server
  rm -rf "$FOLDER"`;

/**
 * Starts a throw-away PostgreSQL of its own, on the loopback, with none of the machine's configuration.
 * @param durable whether each commit waits for the disk, as where its data matters
 * @throws Error when the server is not on this machine
 */
export async function startCluster({ durable = false } = {}): Promise<Cluster> {
  const bin = serverBinaries();
  const folder = mkdtempSync(join(tmpdir(), 'parvis-postgres-'));
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const as = ordinaryUser();
  if (as) for (const path of [folder, passwordFile]) chownSync(path, as.uid, as.gid);

  const data = join(folder, 'data');
  const initdb = [
    '-D',
    data,
    '-U',
    'parvis',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
  ];
  const made = spawnSync(join(bin, 'initdb'), ['--no-sync', ...initdb], {
    ...as,
    cwd: folder,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);

  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    // It lives as long as one run: nothing needs to survive a power cut.
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(
    'sh',
    ['-c', untilInputCloses, 'sh', join(bin, 'postgres'), '-D', data, '-p', String(port), ...flags],
    {
      ...as,
      cwd: folder,
      detached: true,
      env: { ...process.env, FOLDER: folder },
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  );
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: server.stderr }).on('line', (line) => {
      said.push(line);
      if (line.includes('ready to accept connections')) resolve();
      if (line.includes('FATAL')) reject(new Error(`PostgreSQL did not start: ${said.join('\n')}`));
    });
    server.once('error', reject);
    gone.then(() => reject(new Error(`PostgreSQL did not start: ${said.join('\n')}`)));
  });
  return {
    url: `postgres://parvis:${password}@127.0.0.1:${port}/postgres`,
    stop() {
      server.stdin.end();
      return gone;
    },
  };
}

/** Debian keeps the server's binaries off the PATH, one folder a version: the newest. */
function serverBinaries(): string {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  const found = folders.find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
  if (!found) throw new Error("PostgreSQL's server (initdb, postgres) is not on this machine.");
  return found;
}

/** PostgreSQL refuses to run as root: then it runs as its own user, or as nobody. */
function ordinaryUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout || Number.NaN),
    );
    if (uid && gid) return { uid, gid };
  }
  throw new Error('PostgreSQL refuses to run as root, and this machine has no user postgres or nobody.');
}
