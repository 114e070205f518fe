import { createDecipheriv, createECDH, hkdfSync, verify } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fixedClock } from '@/lib/core/clock';
import type { PartnerActor, PromoterId } from '@/lib/core/scope';
import type { Database } from '@/lib/db/client';
import { notification, pushSubscription } from '@/lib/db/schema/all';
import { asSystem } from '@/lib/db/tenancy';
import { testDatabase } from '@/lib/db/testing';
import { addPartner, openOffice, testKoban } from '@/lib/denonciations/testing';
import { paramsOf } from './collect-acts';
import { sealPush, senderPublicKey, verifyingKey } from './compose-push';
import { deliverNotices } from './deliver-notices';
import { pushNotices } from './push-notices';
import { forgetSubscription, saveSubscription } from './save-subscription';
import { subscriptionSchema } from './schema';
import { teller } from './testing';

vi.mock('@/lib/promoters/queries', async (original) => ({
  ...(await original<typeof import('@/lib/promoters/queries')>()),
  kobanFor: (id: PromoterId) => testKoban(id),
}));

const stands = async () => true;
const bytes = (text: string) => Buffer.from(text, 'base64url');

it('encrypts as RFC 8291’s own example', () => {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'));
  const keys = {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  };
  const sealed = sealPush(
    'When I grow up, I want to be a watermelon',
    { keys },
    { ecdh, salt: bytes('DGv6ra1nlYgDCS1FRnbzlw') },
  );
  expect(sealed.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  );
});

it.each([
  'http://fcm.googleapis.com/x',
  'https://127.0.0.1/x',
  'https://googleapis.com.exemple.fr/x',
  'https://localhost/x',
])('takes no subscription at %s', (endpoint) => {
  const keys = { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) };
  expect(subscriptionSchema.safeParse({ endpoint, keys }).success).toBe(false);
  const known = 'https://updates.push.services.mozilla.com/wpush/v2/abc';
  expect(subscriptionSchema.safeParse({ endpoint: known, keys }).success).toBe(true);
});

describe('a push', () => {
  let db: Database;
  let partner: PartnerActor;
  let tell: (once: string) => Promise<number>;
  let status = 201;
  const got: { url: string; headers: IncomingHttpHeaders; body: Buffer }[] = [];
  const browser = createECDH('prime256v1');
  browser.generateKeys();
  const auth = Buffer.from('sixteen bytes, ok').subarray(0, 16);
  const service = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    got.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) });
    response.writeHead(status).end();
  });
  let endpoint: string;
  beforeAll(async () => {
    db = await testDatabase();
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(service.address() as AddressInfo).port}/browser`;
  });
  afterAll(async () => {
    service.close();
    await db.close();
  });
  beforeEach(async () => {
    const office = await openOffice();
    partner = await addPartner([office]);
    status = 201;
    got.length = 0;
    await saveSubscription(partner, {
      endpoint,
      keys: { p256dh: browser.getPublicKey('base64url'), auth: auth.toString('base64url') },
    });
    tell = (once) =>
      deliverNotices(
        teller(office),
        [
          {
            ...{
              code: 'lot-freed',
              params: paramsOf({ lot: 'A101', programme: 'Canal' }),
              href: '/lots/x/A101',
            },
            ...{ once, programme: null, cabinet: partner.cabinet, account: partner.account, team: false },
            ...{ doer: null, alert: null },
          },
        ],
        new Date(),
      );
    return () => office.close();
  });
  const subscriptions = () =>
    asSystem((tx) =>
      tx.select().from(pushSubscription).where(eq(pushSubscription.accountId, partner.account)),
    );

  it('reaches the browser sealed and signed, once, and says what the portal says', async () => {
    await tell('a');
    expect(await pushNotices(stands)).toBe(1);
    expect(await pushNotices(stands)).toBe(0);
    expect(got).toHaveLength(1);
    const [{ headers, body, url } = { headers: {}, body: Buffer.alloc(0), url: '' }] = got;
    expect(url).toBe('/browser');
    expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '86400' });
    expect(JSON.parse(opened(body))).toMatchObject({
      title: 'Le lot A101 est libre',
      text: 'Vous aviez demandé à le savoir. Canal.',
      href: '/lots/x/A101',
    });
    const [, token = '', key] = /^vapid t=([^,]+), k=(.+)$/.exec(String(headers.authorization)) ?? [];
    expect(key).toBe(senderPublicKey());
    const [head = '', claims = '', signature = ''] = token.split('.');
    expect(JSON.parse(bytes(claims).toString())).toMatchObject({
      aud: endpoint.replace('/browser', ''),
      sub: expect.stringMatching(/^(mailto|https):/),
    });
    const signed = Buffer.from(`${head}.${claims}`);
    expect(
      verify('sha256', signed, { key: verifyingKey(), dsaEncoding: 'ieee-p1363' }, bytes(signature)),
    ).toBe(true);
    // Nothing of the endpoint is readable at rest.
    expect(JSON.stringify(await subscriptions())).not.toContain('127.0.0.1');
  });

  it.each([404, 410])('to a browser that is gone (%d) drops it', async (gone) => {
    status = gone;
    await tell('b');
    expect(await pushNotices(stands)).toBe(0);
    expect(await subscriptions()).toEqual([]);
  });

  it('that a service refuses for a while keeps the browser, and gives it up in the end', async () => {
    status = 503;
    for (let turn = 0; turn < 9; turn += 1) {
      await tell(`c${turn}`);
      await pushNotices(stands);
    }
    expect(await subscriptions()).toMatchObject([{ failures: 9 }]);
    await tell('c9');
    await pushNotices(stands);
    expect(await subscriptions()).toEqual([]);
  });

  it('is not sent of what was read meanwhile, nor of what is old or no longer so, nor to a browser that stopped', async () => {
    await tell('d');
    await asSystem((tx) => tx.update(notification).set({ readAt: new Date() }));
    expect(await pushNotices(stands)).toBe(0);
    await tell('e');
    expect(await pushNotices(stands, fixedClock(new Date(Date.now() + 2 * 3_600_000)))).toBe(0);
    await tell('no longer so');
    expect(await pushNotices(async () => false)).toBe(0);
    await forgetSubscription(partner, endpoint);
    await tell('f');
    expect(await pushNotices(stands)).toBe(0);
    expect(got).toEqual([]);
  });

  it('reaches the browser once through a slow service, whoever else pushes meanwhile', async () => {
    for (const once of ['g', 'h', 'i', 'j', 'k']) await tell(once);
    const now = fixedClock(new Date(Date.now() + 1_000));
    let posts = 0;
    const slow: typeof fetch = async () => {
      posts += 1;
      now.advance(20_000);
      if (posts === 4) await pushNotices(stands, now, slow);
      return new Response(null, { status: 201 });
    };
    await pushNotices(stands, now, slow);
    expect(posts).toBe(5);
  });

  /** What the browser reads: RFC 8188 and 8291, from the browser's side. */
  function opened(body: Buffer): string {
    const [salt, length] = [body.subarray(0, 16), body.readUInt8(20)];
    const sender = body.subarray(21, 21 + length);
    const sealed = body.subarray(21 + length);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), sender]);
    const secret = Buffer.from(hkdfSync('sha256', browser.computeSecret(sender), auth, info, 32));
    const part = (name: string, size: number) =>
      Buffer.from(hkdfSync('sha256', secret, salt, `Content-Encoding: ${name}\0`, size));
    const decipher = createDecipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12));
    decipher.setAuthTag(sealed.subarray(-16));
    const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    expect(plain.at(-1)).toBe(2);
    return plain.subarray(0, -1).toString();
  }
});
