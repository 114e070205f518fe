import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blankPglite } from '../../scripts/blank-database';
import { type Deployment, deploymentOf, settingNames } from '../../scripts/deployment';
import { openPortal, openSandbox, prepare } from '../../scripts/portal';
import { freePort, type Launched, launch } from '../../scripts/processes';
import { type Account, accountsOf } from '../../scripts/provisioning';
import { addCast } from './people';
import { SandboxControl } from './sandbox';

/** A portal of a test's own: the production build on an empty data folder, with a Koban of its own. */
export class Stage {
  /** Everything the portal's server printed, to explain a failure. */
  readonly log: string[] = [];
  /** What the preparation said to the person who starts the portal: one-time links. */
  readonly said: string[] = [];
  readonly accounts: Account[];
  readonly #deployment: Deployment;
  readonly #sandbox: SandboxControl | null;
  #portal: Launched | undefined;
  #koban: Launched | undefined;

  private constructor(deployment: Deployment) {
    const { sandbox, seedFile } = deployment;
    if (!seedFile) throw new Error('A stage needs people: name them in a provisioning file.');
    this.#deployment = deployment;
    this.#sandbox = sandbox && new SandboxControl(sandbox.url);
    this.accounts = accountsOf(readFileSync(seedFile, 'utf8'));
  }

  /** Opens a portal and its sandbox on free ports, with the demo's people and the tests' own. `settings` are the portal's own, by name. */
  static async open(settings: Record<string, string> = {}): Promise<Stage> {
    const given = { ...(await blankSettings()), SANDBOX_PORT: String(await freePort()), ...settings };
    const deployment = deploymentOf({ NODE_ENV: 'production', ...given });
    const { sandbox, seedFile } = deployment;
    if (!sandbox || !seedFile)
      throw new Error('This stage plays the demo: for a Koban of your own, open it elsewhere.');
    addCast(seedFile);
    return Stage.#begin(deployment, given);
  }

  /** Opens a portal on the Koban that `settings` name, with this provisioning file's people; no sandbox is started. */
  static async openElsewhere(provisioning: object, settings: Record<string, string>): Promise<Stage> {
    const given: Record<string, string> = { ...(await blankSettings()), ...settings };
    given.SEED_FILE = join(given.DATA_DIR ?? '', 'provisioning.json');
    writeFileSync(given.SEED_FILE, JSON.stringify(provisioning), { mode: 0o600 });
    return Stage.#begin(deploymentOf({ NODE_ENV: 'production', ...given }), given);
  }

  static async #begin(deployment: Deployment, given: Record<string, string>): Promise<Stage> {
    deployment.env = { ...given, ...deployment.env };
    const stage = new Stage(deployment);
    try {
      const { said } = await prepare(deployment);
      stage.said.push(...said);
      if (deployment.sandbox) await stage.openKoban();
      await stage.restart();
      return stage;
    } catch (fault) {
      await stage.close();
      throw fault;
    }
  }

  /** The demo's Koban. @throws on a stage that was opened elsewhere */
  get sandbox(): SandboxControl {
    if (!this.#sandbox) throw new Error('This stage has no sandbox.');
    return this.#sandbox;
  }

  get url(): string {
    return this.#deployment.url;
  }

  /** Opens the portal's server again on the same data folder and port, after `kill` or while it runs. */
  async restart(): Promise<void> {
    await this.#portal?.stop();
    this.#portal = await openPortal(this.#deployment, { onLine: (line) => this.log.push(line) });
  }

  /** Kills the portal's server as a crash would; Koban goes on. */
  async kill(): Promise<void> {
    await this.#portal?.kill();
  }

  /** Starts the jobs in a process of their own, as `npm run worker` does; whoever starts it ends it. */
  openWorker(): Launched {
    const { env } = this.#deployment;
    const onLine = (line: string) => this.log.push(line);
    return launch('The worker', ['node', '--import', 'tsx', 'lib/jobs/worker.ts'], { env, onLine });
  }

  /** Koban goes away: nothing listens at its address any more. What it held in memory is gone with it. */
  async closeKoban(): Promise<void> {
    await this.#koban?.kill();
  }

  /** Koban comes back at its address, as it was sown. */
  async openKoban(): Promise<void> {
    this.#koban = await openSandbox(this.#deployment, { onLine: () => {} });
  }

  /** Ends everything, without ceremony, and deletes the data folder. */
  async close(): Promise<void> {
    await Promise.all([this.#portal?.kill(), this.#koban?.kill()]);
    rmSync(this.#deployment.dataDir, { recursive: true, force: true });
  }
}

/** Every setting empty, whatever this machine has set, but for a port and a data folder that are free. */
async function blankSettings(): Promise<Record<string, string>> {
  return {
    ...Object.fromEntries(settingNames().map((name) => [name, ''])),
    PORT: String(await freePort()),
    DATA_DIR: blankFolder(),
    SYNC_SECONDS: '1',
    LOG_LEVEL: 'warn',
    // Far from Paris, as the browser is.
    TZ: 'Asia/Kathmandu',
  };
}

/** A data folder of its own whose database is migrated, with nothing in it. */
function blankFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-e2e-'));
  const database = join(folder, 'database');
  mkdirSync(database, { mode: 0o700 });
  const { status } = spawnSync('tar', ['-xf', blankPglite, '-C', database]);
  if (status !== 0) throw new Error('The blank database could not be unpacked.');
  return folder;
}
