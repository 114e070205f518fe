import { z } from 'zod';

/** Filter of « Leads », as it stands in the URL. Pages count from 1. */
export const leadFilterSchema = z.object({
  q: z.string().trim().max(120).catch(''),
  state: z.enum(['open', 'handled']).nullable().catch(null),
  page: z.coerce.number().int().min(1).catch(1),
});
export type LeadFilter = z.output<typeof leadFilterSchema>;

export const markLeadSchema = z.object({ id: z.uuid(), handled: z.boolean() });
export type MarkLeadInput = z.output<typeof markLeadSchema>;

/** A contact or request that Koban passed on. */
export type LeadLine = {
  id: string;
  contactType: string;
  lastName: string | null;
  firstName: string | null;
  email: string | null;
  phone: string | null;
  mobile: string | null;
  tags: string | null;
  comments: string | null;
  /** Koban's word on consent, and further fields, as the call told them. */
  optin: string | null;
  fields: string | null;
  receivedAt: Date;
  handledAt: Date | null;
  handledBy: string | null;
};

export type LeadPage = {
  lines: LeadLine[];
  total: number;
  page: number;
  pages: number;
  counts: { open: number; handled: number };
};
