// Completes package-lock.json with the other platforms' binaries. Where a registry does not list some of them, npm leaves them out
// when it writes the lock, and npm 11's `npm ci` then refuses that lock everywhere. Run after adding or updating a dependency.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const { packages } = lock;
const added = [];

for (const [owner, { dev, optionalDependencies = {} }] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const exact = /^\d/.test(version);
    if (!exact || reachable(owner, name)) continue;
    packages[`node_modules/${name}`] = { version, ...(dev && { dev }), optional: true, ...platformOf(name) };
    added.push(`${name}@${version}`);
  }
}

lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length > 0 ? `Added to the lock:\n${added.join('\n')}` : 'The lock is complete.');

/** Whether `owner` finds the package in its own node_modules or in one above it, as Node looks it up. */
function reachable(owner, name) {
  for (
    let folder = owner;
    folder !== '';
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))
  ) {
    if (packages[`${folder}/node_modules/${name}`]) return true;
  }
  return packages[`node_modules/${name}`] !== undefined;
}

/** What npm needs so as not to install it elsewhere: such packages are named after their platform. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = words.find((word) =>
    /^(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)$/.test(word),
  );
  const cpu = words.find((word) =>
    /^(arm|arm64|ia32|loong64|mips64el|ppc64|riscv64|s390x|wasm32|x64)$/.test(word),
  );
  const libc = words.find((word) => /^(musl|musleabihf)$/.test(word)) && 'musl';
  return { ...(os && { os: [os] }), ...(cpu && { cpu: [cpu] }), ...(libc && { libc: [libc] }) };
}
