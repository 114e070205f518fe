import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { AccountMemory } from './core/account';
import type { World } from './core/world';

/**
 * Keeps the accounts in a file: what stands there is taken up, and every effect is written. A demo started again on the
 * portal's data then finds the Koban it left, and not one that has forgotten its options.
 */
export function remember(world: World, file: string): void {
  if (existsSync(file)) recall(world, JSON.parse(readFileSync(file, 'utf8')));
  let due = false;
  const write = (): void => {
    due = false;
    const memory = Object.fromEntries(world.accounts.map((account) => [account.slug, account.memory()]));
    writeFileSync(`${file}.new`, JSON.stringify(memory), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  world.ledger.onChange = () => {
    if (due) return;
    due = true;
    // Once the act is whole: an effect is told of while its lot is still being changed.
    setImmediate(write);
  };
  write();
}

function recall(world: World, memory: Record<string, AccountMemory>): void {
  for (const account of world.accounts) {
    const mine = memory[account.slug];
    if (mine) account.recall(mine);
  }
}
