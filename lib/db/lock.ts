import { mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Another process already uses the data folder. */
export class DataFolderInUse extends Error {}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/**
 * Takes the data folder for this process: two PGlite processes on one folder destroy it.
 * @returns a function that gives the folder back
 * @throws DataFolderInUse naming the process that holds it
 */
export function lockDataFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'database.lock');
  for (let attempt = 0; ; attempt++) {
    try {
      const handle = openSync(file, 'wx');
      writeSync(handle, String(process.pid));
      const release = () => rmSync(file, { force: true });
      process.once('exit', release);
      return release;
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
      const holder = Number(readFileSync(file, 'utf8'));
      if (attempt > 0 || (holder > 0 && alive(holder))) {
        throw new DataFolderInUse(
          `The data folder ${folder} is in use by process ${holder}. Stop that process first, or give this one another DATA_DIR.`,
        );
      }
      // Its holder died without a word (SIGKILL): the lock is stale.
      rmSync(file, { force: true });
    }
  }
}
