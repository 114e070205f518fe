// Installs what is missing, before `npm start`, `npm run dev` and `npm test`. It runs before anything is installed, on the
// machine's own Node: built-in modules only, nothing newer than Node 20.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const forTests = process.argv.includes('--test');

if (Number(process.versions.node.split('.')[0]) < 20) {
  stop(`Parvis needs Node 20 or later to install itself; this is Node ${process.versions.node}.`);
}

if (!modulesMatchLock()) {
  console.log('Installing the packages of package-lock.json…');
  run(['npm', 'ci'], 'npm ci failed: the packages of package-lock.json could not be installed.');
  if (!runs(join(root, 'node_modules/.bin/node'), '--version')) {
    stop('npm installed the packages but not Node 24: run `npm rebuild node`, then try again.');
  }
}

if (forTests) {
  const missing = [];
  if (!hasChromium()) missing.push({ what: 'Chromium', debian: 'chromium' });
  if (!hasPostgres()) missing.push({ what: "PostgreSQL's server", debian: 'postgresql' });
  if (missing.length > 0) installFromDebian(missing);
}

/** Whether every package that the lock asks of this machine is there, at the locked version. */
function modulesMatchLock() {
  try {
    const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    const installed = JSON.parse(
      readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8'),
    ).packages;
    accessSync(join(root, 'node_modules/.bin/node'), constants.X_OK);
    return Object.entries(locked).every(
      // Optional packages are mostly other platforms' binaries: npm leaves those out.
      ([path, wanted]) => path === '' || wanted.optional || installed[path]?.version === wanted.version,
    );
  } catch {
    return false;
  }
}

/** Debian's Chromium, or the one that this Playwright downloads for itself. */
function hasChromium() {
  if (existsSync('/usr/bin/chromium')) return true;
  const { browsers } = JSON.parse(
    readFileSync(join(root, 'node_modules/playwright-core/browsers.json'), 'utf8'),
  );
  const own = `chromium-${browsers.find(({ name }) => name === 'chromium').revision}`;
  const cache = process.platform === 'darwin' ? 'Library/Caches/ms-playwright' : '.cache/ms-playwright';
  return existsSync(join(process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), cache), own));
}

/** PostgreSQL's server binaries: Debian keeps them off the PATH, one folder a version. */
function hasPostgres() {
  const debian = list('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`);
  const folders = [...debian, ...(process.env.PATH ?? '').split(delimiter)];
  return folders.some((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

function installFromDebian(missing) {
  const names = missing.map(({ what }) => what).join(' and ');
  const packages = missing.map(({ debian }) => debian);
  if (!runs('apt-get', '--version')) {
    stop(
      `The tests need ${names}, and this machine has no apt-get: install ${packages.join(' and ')} by hand.`,
    );
  }
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo'];
  if (asRoot.length > 0 && !runs('sudo', '--version')) {
    stop(`The tests need ${names}. As root: apt-get install ${packages.join(' ')}`);
  }
  console.log(`Installing ${names} with apt-get…`);
  // The policy keeps Debian from starting a PostgreSQL service that nobody asked for: the tests make their own cluster.
  const script = `
    policy=/usr/sbin/policy-rc.d
    if [ ! -e $policy ]; then
      printf '#!/bin/sh\\nexit 101\\n' > $policy && chmod 755 $policy
      trap 'rm -f '$policy EXIT
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q && apt-get install -q -y --no-install-recommends ${packages.join(' ')}`;
  run([...asRoot, 'sh', '-c', script], `apt-get could not install ${packages.join(' and ')}.`);
}

function list(folder) {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function runs(command, ...args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function run([command, ...args], failure) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) stop(failure);
}

/** Ends with a sentence; before the tests also with the closing line that `npm test` promises. */
function stop(sentence) {
  console.error(sentence);
  if (forTests) console.log('0 passed, 1 failed');
  process.exit(1);
}
