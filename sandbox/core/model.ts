import type { LotSheet, ProgrammeSheet } from './sheets';

export type Tag = {
  TagCategory: string;
  TagCategoryCode: string;
  Label: string;
  ExternalCode: string | null;
};
export type MoreField = { FieldId: string; Value: string | number | boolean | null };

export type Option = {
  guid: string;
  rank: number;
  thirdGuid: string;
  partGuid: string | null;
  /** Milliseconds. The option ends at the first half hour that is not before this, or before its prolongation. */
  placedAt: number;
  expiresAt: number;
  prolongedTo: number | null;
  /** True when it was placed through the API: the cap of errorcode 03 counts those. */
  byApi: boolean;
};

export type Preresv = {
  guid: string;
  thirdGuid: string;
  partGuid: string | null;
  optionGuid: string | null;
  at: number;
  validated: boolean;
  /** Flat fields of the file, as posted: `PrixVente`, `Res1Nom`... */
  file: Record<string, unknown>;
};

export type Lot = {
  guid: string;
  extcode: string;
  /** Some Koban accounts give external codes as numbers. */
  numericExtcode: boolean;
  label: string;
  description: string | null;
  status: string;
  /** Some lots show `Status` as a plain string instead of `{Code, Label}`. */
  statusAsText: boolean;
  programme: string;
  result: 'WON' | 'LOST' | 'SLEEP' | null;
  priceCents: number | null;
  tags: Tag[];
  moreFields: MoreField[];
  secondary: boolean;
  /** Guid of the principal lot. */
  link: string | null;
  createdAt: number;
  updatedAt: number;
  withdrawn: boolean;
  options: Option[];
  preresv: Preresv | null;
  sheet: LotSheet | null;
};

export type Step = { Label: string; Extcode: string };

export type Programme = {
  guid: string;
  code: string;
  label: string;
  regroup: string | null;
  active: boolean;
  steps: Step[];
  moreFields: MoreField[];
  sheet: ProgrammeSheet | null;
};

/** An account in Koban's sense (prospect or CGP), kept as it was posted. */
export type Third = { guid: string; createdAt: number; updatedAt: number; wire: Record<string, unknown> };

export type Denonciation = {
  guid: string;
  programme: string;
  thirdGuid: string;
  byGuid: string | null;
  at: number;
};

export type Salesman = { guid: string; name: string; firstName: string; email: string };

/** Who caused an effect: a call to the API (with its number in the ledger), a person at the console, a test, or time. */
export type Cause = { origin: 'api' | 'console' | 'control' | 'clock'; callId: number | null };
