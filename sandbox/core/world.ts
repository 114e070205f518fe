import type { Account } from './account';
import type { Clock } from './clock';
import type { FaultBox } from './faults';
import type { Later } from './later';
import type { Ledger } from './ledger';
import type { Cause } from './model';
import type { WebhookSender } from './webhooks';

/** Everything that the sandbox remembers. */
export type World = {
  clock: Clock;
  ledger: Ledger;
  faults: FaultBox;
  webhooks: WebhookSender;
  later: Later;
  accounts: readonly Account[];
};

/** An act's surroundings: the account it is done in, and who caused it. */
export type Scene = { world: World; account: Account; cause: Cause };

/** Writes an effect in the ledger: ground truth for tests. */
export function recordEffect(scene: Scene, kind: string, data: Record<string, unknown>): void {
  scene.world.ledger.record({
    at: new Date(scene.world.clock.now()).toISOString(),
    account: scene.account.slug,
    kind,
    cause: scene.cause,
    data,
  });
}

/** Calls the portal, unless the account is set to stay silent on acts done through the API. */
export function notify(scene: Scene, event: string, fields: Record<string, string>): void {
  if (scene.cause.origin === 'api' && !scene.account.policy.webhooksForApiActs) return;
  scene.world.webhooks.send(scene.account, event, fields);
}
