import { z } from 'zod';

/** What a person may be told of, in the order in which they choose. As stored. */
export const noticeKinds = [
  'denonciation',
  'option-accepted',
  'option-expiring',
  'option-ended',
  'option-cancelled',
  'rank-moved',
  'act-resolved',
  'reservation',
  'lot-freed',
  'lot-price',
  'lot-withdrawn',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What ways are chosen for: the kinds, and for a manager the acts of the cabinet's others. */
export const choiceKinds = [...noticeKinds, 'cabinet'] as const;
export type ChoiceKind = (typeof choiceKinds)[number];

export const ways = ['portal', 'mail', 'push'] as const;
export type Way = (typeof ways)[number];
export type Ways = Record<Way, boolean>;
/** What a person has chosen; what they have not is the portal's own choice. */
export type Choices = Partial<Record<ChoiceKind, Ways>>;

/** Everything that can be said: a sentence under `notifications.told`. */
export const noticeCodes = [
  'denonciation-accepted',
  'denonciation-refused',
  'denonciation-unsent',
  'option-placed',
  'option-by-promoter',
  'option-restored',
  'option-ending-day',
  'option-ending-hours',
  'option-expired',
  'option-cancelled-promoter',
  'option-cancelled-partner',
  'option-ended-unproven',
  'option-rank-first',
  'option-rank-moved',
  'reservation-validated',
  'reservation-withdrawn',
  'lot-freed',
  'lot-price',
  'lot-withdrawn',
  'resolved-accepted',
  'resolved-refused',
  'resolved-unsent',
  'resolved-placed',
  'resolved-not-placed',
  'resolved-cancelled',
  'resolved-not-cancelled',
  'resolved-prolonged',
  'resolved-not-prolonged',
  'resolved-preresv',
  'resolved-not-preresv',
  'resolved-dossier-sent',
  'resolved-dossier-not-sent',
  'resolved-not-withdrawn',
] as const;
export const noticeCodeSchema = z.enum(noticeCodes);
export type NoticeCode = z.infer<typeof noticeCodeSchema>;

/** What a sentence names. Instants as ISO text, prices in cents; of a prospect no more than the name. */
export const noticeParamsSchema = z.object({
  prospect: z.string().catch(''),
  lot: z.string().catch(''),
  programme: z.string().catch(''),
  rank: z.number().nullable().catch(null),
  until: z.iso.datetime().nullable().catch(null),
  before: z.number().nullable().catch(null),
  after: z.number().nullable().catch(null),
});
export type NoticeParams = z.infer<typeof noticeParamsSchema>;

/** One thing told, as the bell and the page show it. Answer of `GET /api/notifications`. */
export const noticeLineSchema = z.object({
  id: z.number(),
  title: z.string(),
  text: z.string(),
  href: z.string(),
  at: z.coerce.date(),
  unread: z.boolean(),
});
export type NoticeLine = z.infer<typeof noticeLineSchema>;

export const bellSchema = z.object({ unread: z.number(), latest: z.array(noticeLineSchema) });
export type Bell = z.infer<typeof bellSchema>;

export type NoticePage = { lines: NoticeLine[]; unread: number; page: number; pages: number };
export const noticeFilterSchema = z.object({ page: z.coerce.number().int().min(1).catch(1) });

/** Which notices are read: these, or all when none is named. */
export const markReadSchema = z.object({ ids: z.array(z.number().int()).max(100).nullable() });

export const watchKinds = ['freed', 'followed'] as const;
export type WatchKind = (typeof watchKinds)[number];
/** Asks to be told of a lot, or no longer to be. */
export const watchSchema = z.object({
  promoter: z.string().trim().min(1).max(80),
  extcode: z.string().trim().min(1).max(120),
  kind: z.enum(watchKinds),
});
export type WatchInput = z.infer<typeof watchSchema>;

/** What a person asked of one lot. */
export type Watches = Record<WatchKind, boolean>;

/** One lot that a person watches, for the dashboard. */
export type WatchLine = {
  kind: WatchKind;
  since: Date;
  promoter: string;
  extcode: string;
  label: string;
  programme: string;
  statusCode: string | null;
  statusLabel: string | null;
  result: string | null;
  priceCents: number | null;
  withdrawn: boolean;
};

export const choiceSchema = z.object({
  kind: z.enum(choiceKinds),
  way: z.enum(ways),
  on: z.boolean(),
});
export type ChoiceInput = z.infer<typeof choiceSchema>;

// Where browsers have their pushes sent. The portal calls no other address that a visitor names.
const PUSH_SERVICES =
  /(^|\.)(googleapis\.com|push\.services\.mozilla\.com|notify\.windows\.com|push\.apple\.com)$/;

/** A browser's agreement to be pushed to, as `PushSubscription.toJSON` gives it. */
export const subscriptionSchema = z.object({
  endpoint: z
    .url({ protocol: /^https$/ })
    .max(1_000)
    .refine((address) => PUSH_SERVICES.test(new URL(address).hostname), 'push-service'),
  keys: z.object({
    p256dh: z.string().regex(/^[\w-]{80,100}=*$/),
    auth: z.string().regex(/^[\w-]{20,30}=*$/),
  }),
});
export type Subscription = z.infer<typeof subscriptionSchema>;
export const endpointSchema = z.object({ endpoint: z.string().max(1_000) });

/** Everything the « Notifications » part of the account's page shows. */
export type NoticeSettings = {
  choices: Record<ChoiceKind, Ways>;
  manager: boolean;
  /** Public key that a browser needs to agree to pushes. */
  pushKey: string;
  calendarSince: Date | null;
};
