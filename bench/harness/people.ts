import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@/scripts/processes';
import { type Account, accountsOf } from '@/scripts/provisioning';

const accounts = accountsOf(readFileSync(join(root, 'sandbox/demo.provisioning.json'), 'utf8'));

/** Of the demo's people, the manager of the cabinet to which every programme is granted. */
export const visitor = person('helene.ormeau@ormeau.exemple');
/** One of the promoter's own, who may read how its mirror is. */
export const staff = person('antoine.delmas@valmont.exemple');

function person(email: string): Account {
  const found = accounts.find((account) => account.email === email);
  if (!found) throw new Error(`Nobody of the demo has the address ${email}`);
  return found;
}
