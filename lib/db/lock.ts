import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Another process already uses the data folder. */
export class DataFolderInUse extends Error {}

/** When a process was started, in the kernel's ticks: a number is given to another process some day. Linux only. */
const startOf = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
};

const alive = (pid: number, start: string): boolean => {
  try {
    process.kill(pid, 0);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return startOf(pid) === start;
};

/**
 * Takes the data folder for this process: two PGlite processes on one folder destroy it.
 * @param name the lock's file: the command that starts the processes holds one of its own
 * @returns a function that gives the folder back
 * @throws DataFolderInUse naming the process that holds it
 */
export function lockDataFolder(folder: string, name = 'database.lock'): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(/* turbopackIgnore: true */ folder, name);
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, `${process.pid} ${startOf(process.pid)}`);
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        // A link appears whole or not at all: nobody reads a lock that has no holder yet.
        linkSync(mine, file);
        const release = () => {
          process.off('exit', release);
          rmSync(file, { force: true });
        };
        process.once('exit', release);
        return release;
      } catch (fault) {
        if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
        const [holder = '', start = ''] = readFileSync(/* turbopackIgnore: true */ file, 'utf8').split(' ');
        if (attempt > 0 || alive(Number(holder), start)) {
          throw new DataFolderInUse(
            `The data folder ${folder} is in use by process ${holder}. Stop that process first, or give this one another DATA_DIR.`,
          );
        }
        // Its holder died without a word (SIGKILL): the lock is stale.
        rmSync(file, { force: true });
      }
    }
  } finally {
    rmSync(mine, { force: true });
  }
}
