import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Deployment, deploymentOf, settingNames } from '../../scripts/deployment';
import { openPortal, openSandbox, prepare } from '../../scripts/portal';
import { freePort, type Launched } from '../../scripts/processes';
import { type Account, accountsOf } from '../../scripts/provisioning';
import { addCast } from './people';
import { SandboxControl } from './sandbox';

/** A portal of a test's own: the production build on an empty data folder, with a Koban of its own. */
export class Stage {
  /** Everything the portal's server printed, to explain a failure. */
  readonly log: string[] = [];
  readonly sandbox: SandboxControl;
  readonly accounts: Account[];
  readonly #deployment: Deployment;
  #portal: Launched | undefined;
  #koban: Launched | undefined;

  private constructor(deployment: Deployment, koban: { url: string }, seedFile: string) {
    this.#deployment = deployment;
    this.sandbox = new SandboxControl(koban.url);
    this.accounts = accountsOf(readFileSync(seedFile, 'utf8'));
  }

  /** Opens a portal and its sandbox on free ports, with the demo's people and the tests' own. `settings` are the portal's own, by name. */
  static async open(settings: Record<string, string> = {}): Promise<Stage> {
    const blank = Object.fromEntries(settingNames().map((name) => [name, '']));
    const given = {
      ...blank,
      PORT: String(await freePort()),
      SANDBOX_PORT: String(await freePort()),
      DATA_DIR: mkdtempSync(join(tmpdir(), 'parvis-e2e-')),
      SYNC_SECONDS: '1',
      LOG_LEVEL: 'warn',
      // Far from Paris, as the browser is.
      TZ: 'Asia/Kathmandu',
      ...settings,
    };
    const deployment = deploymentOf({ NODE_ENV: 'production', ...given });
    const { sandbox, seedFile } = deployment;
    if (!sandbox || !seedFile)
      throw new Error('A stage plays the demo: leave KOBAN_URL and SEED_FILE unset.');
    addCast(seedFile);
    deployment.env = { ...given, ...deployment.env };
    const stage = new Stage(deployment, sandbox, seedFile);
    try {
      await prepare(deployment);
      await stage.openKoban();
      await stage.restart();
      return stage;
    } catch (fault) {
      await stage.close();
      throw fault;
    }
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
