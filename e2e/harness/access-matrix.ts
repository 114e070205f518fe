/**
 * Who gets where: every page, every route and every server action of the portal, for everyone who may ask. `e2e/matrix.spec.ts` finds
 * them in the source and in what the build exposes, fails for one that has no row here, and asks each cell of the running server.
 */

/** Nobody signed in; of one cabinet an adviser and the manager; an adviser of another; the staff of two promoters; the operator. */
export const roles = ['nobody', 'adviser', 'manager', 'rival', 'staff', 'stranger', 'operator'] as const;
export type Role = (typeof roles)[number];

/** What names one tenant's own in an address: an act of the adviser's, the cabinet that only the staff's promoter deals with. */
export type Place =
  | 'denonciation'
  | 'envoi'
  | 'option'
  | 'reservation'
  | 'cabinet'
  | 'calendar'
  | 'mail'
  | 'lot';

/**
 * A file of `app/`, an address of it, and what each role gets there, in the order of `roles`: a status; `in`, sign-in and back; `home`,
 * their own first page. An address is visited, or, after `POST:`, sent an empty form from a page of the portal.
 */
const doors = `
app/(partner)/page.tsx                              /                                           in   200  200  200  home home home
app/(partner)/notifications/page.tsx                /notifications                              in   200  200  200  404  404  404
app/(partner)/programmes/page.tsx                   /programmes                                 in   200  200  200  404  404  404
app/(partner)/programmes/[promoter]/[code]/page.tsx /programmes/valmont/TDC                     in   200  200  200  404  404  404
app/(partner)/lots/[promoter]/[extcode]/page.tsx    /lots/valmont/{lot}                         in   200  200  200  404  404  404
app/(partner)/denonciations/page.tsx                /denonciations                              in   200  200  200  404  404  404
app/(partner)/denonciations/nouvelle/page.tsx       /denonciations/nouvelle                     in   200  200  200  404  404  404
app/(partner)/denonciations/suivi/page.tsx          /denonciations/suivi?envoi={envoi}          in   200  200  404  404  404  404
app/(partner)/denonciations/[id]/page.tsx           /denonciations/{denonciation}               in   200  200  404  404  404  404
app/(partner)/options/page.tsx                      /options                                    in   200  200  200  404  404  404
app/(partner)/reservations/page.tsx                 /reservations                               in   200  200  200  404  404  404
app/(partner)/reservations/nouvelle/page.tsx        /reservations/nouvelle                      in   200  200  200  404  404  404
app/(partner)/reservations/[id]/page.tsx            /reservations/{reservation}                 in   200  200  404  404  404  404
app/admin/page.tsx                                  /admin                                      in   404  404  404  200  200  404
app/admin/incertains/page.tsx                       /admin/incertains                           in   404  404  404  200  200  404
app/admin/journal/page.tsx                          /admin/journal                              in   404  404  404  200  200  404
app/admin/leads/page.tsx                            /admin/leads                                in   404  404  404  200  200  404
app/admin/webhooks/page.tsx                         /admin/webhooks                             in   404  404  404  200  200  404
app/admin/partenaires/page.tsx                      /admin/partenaires                          in   404  404  404  200  200  404
app/admin/partenaires/nouveau/page.tsx              /admin/partenaires/nouveau                  in   404  404  404  200  200  404
app/admin/partenaires/[cabinet]/page.tsx            /admin/partenaires/{cabinet}                in   404  404  404  200  404  404
app/operateur/comptes/page.tsx                      /operateur/comptes                          in   404  404  404  404  404  200
app/operateur/courrier/page.tsx                     /operateur/courrier                         in   404  404  404  404  404  200
app/operateur/courrier/[id]/page.tsx                /operateur/courrier/{mail}                  in   404  404  404  404  404  200
app/operateur/stock/page.tsx                        /operateur/stock                            in   404  404  404  404  404  200
app/compte/page.tsx                                 /compte                                     in   200  200  200  200  200  200
app/(public)/connexion/page.tsx                     /connexion                                  200  home home home home home home
app/(public)/mot-de-passe-oublie/page.tsx           /mot-de-passe-oublie                        200  200  200  200  200  200  200
app/(public)/invitation/[secret]/page.tsx           /invitation/x                               200  200  200  200  200  200  200
app/(public)/premier-compte/[secret]/page.tsx       /premier-compte/x                           200  200  200  200  200  200  200
app/(public)/reinitialiser/[secret]/page.tsx        /reinitialiser/x                            200  200  200  200  200  200  200
app/api/admin/journal/route.ts                      POST:/api/admin/journal                     401  403  403  403  200  200  403
app/api/auth/[...nextauth]/route.ts                 /api/auth/session                           200  200  200  200  200  200  200
app/api/calendrier/[token]/route.ts                 {calendar}                                  200  200  200  200  200  200  200
app/api/calendrier/[token]/route.ts                 /api/calendrier/x.ics                       404  404  404  404  404  404  404
app/api/denonciations/[id]/route.ts                 /api/denonciations/{denonciation}           401  200  200  404  403  403  403
app/api/denonciations/[id]/accuse/route.ts          /api/denonciations/{denonciation}/accuse    401  200  200  404  403  403  403
app/api/denonciations/verify/route.ts               /api/denonciations/verify?code=x            404  404  404  404  404  404  404
app/api/events/route.ts                             /api/events                                 401  200  200  200  200  200  403
app/api/files/[promoter]/[...file]/route.ts         /api/files/valmont/lot/TDC-L101/plan        401  200  200  200  200  404  404
app/api/health/route.ts                             /api/health                                 200  200  200  200  200  200  200
app/api/notifications/route.ts                      /api/notifications                          401  200  200  200  403  403  403
app/api/options/[id]/route.ts                       /api/options/{option}                       401  200  200  404  403  403  403
app/api/reservations/[id]/synthese/route.ts         /api/reservations/{reservation}/synthese    401  200  200  404  403  403  403
app/api/stock/route.ts                              /api/stock?promoter=valmont                 401  200  200  200  200  404  403
app/api/webhooks/koban/[token]/[event]/route.ts     /api/webhooks/koban/x/option-check          401  401  401  401  401  401  401
`;

/**
 * A file of actions, one of them, and who comes past its gate when it is posted from a page of the portal: `out`, nobody is signed in;
 * `no`, another kind of person; `ok`, it looks at what it was sent. What it was sent decides from there (the tests beside each verb).
 */
const acts = `
lib/accounts/actions.ts        signInAction               ok   ok   ok   ok   ok   ok   ok
lib/accounts/actions.ts        chooseLanguageAction       ok   ok   ok   ok   ok   ok   ok
lib/accounts/actions.ts        requestResetAction         ok   ok   ok   ok   ok   ok   ok
lib/accounts/actions.ts        choosePasswordAction       ok   ok   ok   ok   ok   ok   ok
lib/accounts/actions.ts        createFirstAccountAction   ok   ok   ok   ok   ok   ok   ok
lib/accounts/actions.ts        changePasswordAction       out  ok   ok   ok   ok   ok   ok
lib/accounts/actions.ts        renameAction               out  ok   ok   ok   ok   ok   ok
lib/accounts/actions.ts        invitePartnerAction        out  no   no   no   ok   ok   no
lib/accounts/actions.ts        partnerAccessAction        out  no   no   no   ok   ok   no
lib/accounts/actions.ts        peopleAction               out  no   no   no   no   no   ok
lib/admin/actions.ts           judge                      out  no   no   no   ok   ok   no
lib/admin/actions.ts           searchEvents               out  no   no   no   ok   ok   no
lib/admin/actions.ts           searchJournal              out  no   no   no   ok   ok   no
lib/admin/actions.ts           replay                     out  no   no   no   ok   ok   no
lib/admin/actions.ts           rotate                     out  no   no   no   ok   ok   no
lib/admin/actions.ts           endOld                     out  no   no   no   ok   ok   no
lib/dashboard/actions.ts       visitAction                out  ok   ok   ok   no   no   no
lib/denonciations/actions.ts   denounce                   out  ok   ok   ok   no   no   no
lib/denonciations/actions.ts   resend                     out  ok   ok   ok   no   no   no
lib/denonciations/actions.ts   searchDenonciations        out  ok   ok   ok   no   no   no
lib/denonciations/actions.ts   keepDraft                  out  ok   ok   ok   no   no   no
lib/denonciations/actions.ts   dropDraft                  out  ok   ok   ok   no   no   no
lib/i18n/actions.ts            setLocale                  ok   ok   ok   ok   ok   ok   ok
lib/i18n/actions.ts            setTheme                   ok   ok   ok   ok   ok   ok   ok
lib/leads/actions.ts           searchLeads                out  no   no   no   ok   ok   no
lib/leads/actions.ts           markHandled                out  no   no   no   ok   ok   no
lib/notifications/actions.ts   watchAction                out  ok   ok   ok   no   no   no
lib/notifications/actions.ts   unwatchAction              out  ok   ok   ok   no   no   no
lib/notifications/actions.ts   markReadAction             out  ok   ok   ok   no   no   no
lib/notifications/actions.ts   chooseAction               out  ok   ok   ok   no   no   no
lib/notifications/actions.ts   subscribeAction            out  ok   ok   ok   no   no   no
lib/notifications/actions.ts   unsubscribeAction          out  ok   ok   ok   no   no   no
lib/notifications/actions.ts   renewCalendarAction        out  ok   ok   ok   no   no   no
lib/notifications/actions.ts   revokeCalendarAction       out  ok   ok   ok   no   no   no
lib/options/actions.ts         searchOptions              out  ok   ok   ok   no   no   no
lib/options/actions.ts         askLot                     out  ok   ok   ok   no   no   no
lib/options/actions.ts         confirmOption              out  ok   ok   ok   no   no   no
lib/options/actions.ts         prolong                    out  ok   ok   ok   no   no   no
lib/options/actions.ts         cancel                     out  ok   ok   ok   no   no   no
lib/partners/actions.ts        openCabinet                out  no   no   no   ok   ok   no
lib/partners/actions.ts        changeTerms                out  no   no   no   ok   ok   no
lib/partners/actions.ts        suspend                    out  no   no   no   ok   ok   no
lib/reservations/actions.ts    searchReservations         out  ok   ok   ok   no   no   no
lib/reservations/actions.ts    reserve                    out  ok   ok   ok   no   no   no
lib/reservations/actions.ts    keepFields                 out  ok   ok   ok   no   no   no
lib/reservations/actions.ts    sendFile                   out  ok   ok   ok   no   no   no
lib/reservations/actions.ts    withdraw                   out  ok   ok   ok   no   no   no
lib/stock/actions.ts           mirrorAction               out  no   no   no   no   no   ok
lib/accounts/actions.ts        signOutAction              ok   ok   ok   ok   ok   ok   ok
`;

export type Row = { file: string; name: string; cells: Record<Role, string> };

const rowsOf = (table: string): Row[] =>
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [file = '', name = '', ...cells] = line.split(/\s+/);
      if (cells.length !== roles.length) throw new Error(`A row of the matrix is not whole: ${line}`);
      const of = Object.fromEntries(roles.map((role, at) => [role, cells[at] ?? '']));
      return { file, name, cells: of as Record<Role, string> };
    });

/** Pages and routes, by address. */
export const doorRows = rowsOf(doors);
/** Actions, by the name they are exported under; the one that ends sessions comes last. */
export const actRows = rowsOf(acts);
