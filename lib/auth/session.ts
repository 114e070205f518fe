import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import type { OperatorActor, PartnerActor, StaffActor } from '@/lib/core/scope';
import { accountState, type PartnerConvention } from './account-state';
import { type ActorOf, isKind, type SignedIn, type SignedInActor, signedIn } from './actor';
import { readCookie, sessionCookie } from './cookies';

/** The session of this request, read once per request; null when nobody is signed in. */
export const currentSession = cache(async (): Promise<SignedIn | null> => {
  const jar = await cookies();
  return signedIn(jar.get(sessionCookie())?.value);
});

/** Who is signed in, or null. */
export async function currentActor(): Promise<SignedInActor | null> {
  return (await currentSession())?.actor ?? null;
}

/** The page of each kind of person: where sign-in leads, and where a page that is not theirs sends them from `/`. */
export const homeOf: Record<SignedInActor['kind'], string> = {
  partner: '/',
  staff: '/admin',
  operator: '/operateur/courrier',
};

/** Gate of the partner's pages. Nobody signed in: to sign-in and back. Another kind of person: the page does not exist. */
export const requirePartner = (): Promise<PartnerActor> => gate('partner');
/** Gate of the promoter's pages. */
export const requireStaff = (): Promise<StaffActor> => gate('staff');
/** Gate of the operator's pages. */
export const requireOperator = (): Promise<OperatorActor> => gate('operator');

/** Gate of a page that every signed-in person has. */
export async function requireSignedIn(): Promise<SignedIn> {
  return (await currentSession()) ?? redirect(await signInAddress());
}

async function gate<Kind extends SignedInActor['kind']>(kind: Kind): Promise<ActorOf<Kind>> {
  const { actor } = await requireSignedIn();
  if (isKind(actor, kind)) return actor;
  return (await askedPath()) === '/' ? redirect(homeOf[actor.kind]) : notFound();
}

/** The conventions of the signed-in partner that are valid today, by promoter's name. Empty: show `NoConvention`. */
export async function partnerConventions(actor: PartnerActor): Promise<readonly PartnerConvention[]> {
  return (await accountState(actor.account))?.conventions ?? [];
}

/** Gate of a partner's API route: the actor, or the 401 or 403 to return. */
export const partnerFromRequest = (request: Request) => fromRequest(request, 'partner');
/** Gate of a promoter's API route. */
export const staffFromRequest = (request: Request) => fromRequest(request, 'staff');
/** Gate of an operator's API route. */
export const operatorFromRequest = (request: Request) => fromRequest(request, 'operator');

/** Who sent this request, or null: for routes that several kinds of person may call. */
export async function actorFromRequest(request: Request): Promise<SignedInActor | null> {
  return (await signedIn(readCookie(request, sessionCookie())))?.actor ?? null;
}

async function fromRequest<Kind extends SignedInActor['kind']>(
  request: Request,
  kind: Kind,
): Promise<ActorOf<Kind> | Response> {
  const actor = await actorFromRequest(request);
  if (!actor) return refusal(401, 'signed-out');
  return isKind(actor, kind) ? actor : refusal(403, 'forbidden');
}

const refusal = (status: 401 | 403, error: string) =>
  Response.json({ error }, { status, headers: { 'cache-control': 'no-store' } });

/** The path being shown, as proxy.ts tells it; `/` when it does not. */
async function askedPath(): Promise<string> {
  return safePath((await headers()).get('x-parvis-path'));
}

async function signInAddress(): Promise<string> {
  const path = await askedPath();
  return path === '/' ? '/connexion' : `/connexion?suite=${encodeURIComponent(path)}`;
}

/** A path of this site to go on to; anything else (another host, a scheme, a control character) becomes `/`. */
export function safePath(path: unknown): string {
  if (typeof path !== 'string' || !path.startsWith('/') || path.length > 2_000) return '/';
  const base = 'http://parvis.invalid';
  try {
    const url = new URL(path, base);
    url.searchParams.delete('_rsc');
    // A path may still begin with two slashes once its dots are resolved, and a browser would read a host there.
    const ours = url.origin === base && !url.pathname.startsWith('//') && !/[\\\p{Cc}]/u.test(path);
    return ours ? `${url.pathname}${url.search}` : '/';
  } catch {
    return '/';
  }
}

export type { PartnerConvention };
