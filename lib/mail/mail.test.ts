import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { purgeExpired } from '@/lib/accounts/purge-expired';
import { fixedClock } from '@/lib/core/clock';
import type { Database } from '@/lib/db/client';
import { mail } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { composeMail } from './compose-mail';
import { queueMail } from './queue-mail';
import { type Post, sendDueMail } from './send-due-mail';

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

let people = 0;
/** A message waiting to leave, as it would with SMTP_URL set. */
async function queued(): Promise<string> {
  const [row] = await asSystem((tx) =>
    tx
      .insert(mail)
      .values({ recipient: `p${people++}@exemple.fr`, subject: 'Objet', html: '<p>lien</p>', text: 'lien' })
      .returning({ id: mail.id }),
  );
  return row?.id ?? '';
}
const row = async (id: string) => (await asSystem((tx) => tx.select().from(mail).where(eq(mail.id, id))))[0];
const stands = async () => true;
const clock = () => fixedClock(new Date(Date.now() + 1000));

describe('mail', () => {
  it('is drawn in the reader’s language, its words escaped, with a text of its own', async () => {
    const letter = { subject: 'Objet', greeting: 'Bonjour <b>Ana</b>,', paragraphs: ['Un & deux'] };
    const action = { label: 'Ouvrir', href: 'http://localhost:3000/invitation/abc' };
    const french = await composeMail({ ...letter, locale: 'fr', action });
    expect(french.html).toContain('<html dir="ltr" lang="fr">');
    expect(french.html).toContain('&lt;b&gt;Ana');
    expect(french.html).not.toContain('<b>');
    expect(french.text).toContain('Un & deux');
    expect(french.text).toContain(action.href);
    expect((await composeMail({ ...letter, locale: 'en' })).text).toContain('Automatic message');
  });

  it('without SMTP is kept, and nothing tries to send it', async () => {
    const message = { subject: 'Gardé', html: '<p>x</p>', text: 'x' };
    await asSystem((tx) => queueMail(tx, 'kept@exemple.fr', message));
    const posted: string[] = [];
    await sendDueMail(stands, async ({ to }) => posted.push(to), clock());
    expect(posted).not.toContain('kept@exemple.fr');
    expect(await sendDueMail(stands)).toBe(0);
    const [kept] = await asSystem((tx) =>
      tx.select().from(mail).where(eq(mail.recipient, 'kept@exemple.fr')),
    );
    expect(kept).toMatchObject({ state: 'kept', html: '<p>x</p>', attempts: 0 });
  });

  it('that left is wiped, and leaves once', async () => {
    const id = await queued();
    const posted: { messageId: string; text: string }[] = [];
    const post: Post = async (message) => posted.push(message);
    expect(await sendDueMail(stands, post, clock())).toBe(1);
    expect(await sendDueMail(stands, post, clock())).toBe(0);
    expect(posted).toMatchObject([{ messageId: `<${id}@localhost>`, text: 'lien' }]);
    expect(await row(id)).toMatchObject({ state: 'sent', html: '', text: '', attempts: 1 });
  });

  it('sent by two processes at once, leaves once', async () => {
    const ids = [await queued(), await queued(), await queued()];
    const posted: string[] = [];
    const post: Post = async ({ messageId }) => posted.push(messageId);
    await Promise.all([sendDueMail(stands, post, clock()), sendDueMail(stands, post, clock())]);
    expect(posted.sort()).toEqual(ids.map((id) => `<${id}@localhost>`).sort());
  });

  it('leaves once through a slow server, whoever else sends meanwhile', async () => {
    const ids: string[] = [];
    while (ids.length < 16) ids.push(await queued());
    const posted: string[] = [];
    const now = clock();
    const slow: Post = async ({ messageId }) => {
      posted.push(messageId);
      now.advance(10_000);
      if (posted.length === 14) await sendDueMail(stands, slow, now);
    };
    await sendDueMail(stands, slow, now);
    expect(posted.sort()).toEqual(ids.map((id) => `<${id}@localhost>`).sort());
  });

  it('that a server refuses waits longer each time, then is given up; the fault names no person', async () => {
    const id = await queued();
    const refuse: Post = async () => {
      throw Object.assign(new Error('550 no such user ana@exemple.fr'), { code: 'EENVELOPE' });
    };
    const now = clock();
    const waits: number[] = [];
    for (let attempt = 1; attempt < 10; attempt++) {
      await sendDueMail(stands, refuse, now);
      const next = (await row(id))?.nextAttemptAt ?? now.now();
      waits.push((next.getTime() - now.now().getTime()) / 60_000);
      now.set(next);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256]);
    await sendDueMail(stands, refuse, now);
    expect(await row(id)).toMatchObject({ state: 'failed', attempts: 10, lastError: 'EENVELOPE' });
  });

  it('whose sender died is taken again after its lease', async () => {
    const id = await queued();
    const now = clock();
    let died = false;
    void sendDueMail(
      stands,
      () => {
        died = true;
        return new Promise(() => {});
      },
      now,
    );
    await expect.poll(() => died).toBe(true);
    expect(await sendDueMail(stands, async () => {}, now)).toBe(0);
    now.advance(6 * 60_000);
    expect(await sendDueMail(stands, async () => {}, now)).toBe(1);
    expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('is forgotten after a month', async () => {
    const id = await queued();
    await purgeExpired(fixedClock(new Date(Date.now() + 29 * 24 * 3600_000)));
    expect(await row(id)).toBeDefined();
    await purgeExpired(fixedClock(new Date(Date.now() + 31 * 24 * 3600_000)));
    expect(await row(id)).toBeUndefined();
  });
});
