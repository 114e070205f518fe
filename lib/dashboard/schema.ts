/** An option in progress that ends within a day. */
export type ExpiringOption = {
  id: string;
  prospect: string;
  promoter: string;
  extcode: string;
  lot: string;
  programme: string;
  rank: number | null;
  placedAt: Date;
  expiresAt: Date;
  /** Otherwise the portal computed it. */
  expiryFromKoban: boolean;
};

/** An act whose result is unknown. `act`: what its page shows. */
export type UncertainAct = {
  id: string;
  act: 'denonciation' | 'option' | 'reservation';
  /** The row that the page shows; null for an act on an option, which the lot's page shows. */
  subject: string | null;
  prospect: string | null;
  promoter: string;
  extcode: string | null;
  lot: string | null;
  programme: string;
  since: Date;
};

/** A dénonciation of the last days that came to nothing. */
export type LostDenonciation = {
  id: string;
  state: 'refused' | 'unsent';
  code: string | null;
  prospect: string;
  programme: string;
  at: Date;
};

/** An option in progress whose rank has moved in the last days. */
export type MovedRank = {
  id: string;
  prospect: string;
  promoter: string;
  extcode: string;
  lot: string;
  programme: string;
  rank: number | null;
  at: Date;
};

/** The first lines of a list, and how many it has in all. */
export type Listed<Line> = { lines: Line[]; total: number };

export type Today = {
  expiring: Listed<ExpiringOption>;
  uncertain: Listed<UncertainAct>;
  lost: Listed<LostDenonciation>;
  moved: Listed<MovedRank>;
};

/** How many since the first of the month, and since the first of January, in Paris. */
export type Figure = { month: number; year: number };
export type Figures = { denonciations: Figure; options: Figure; reservations: Figure };

export type NewProgramme = { promoter: string; promoterName: string; code: string; label: string; at: Date };
/** A lot whose price has changed since an instant: from what it was then to what it is. Cents; null: not given. */
export type NewPrice = {
  promoter: string;
  extcode: string;
  lot: string;
  programme: string;
  before: number | null;
  after: number | null;
  at: Date;
};
/** `since` null: the first visit, from which the next one counts. `morePrices`: how many are not listed. */
export type News = {
  since: Date | null;
  programmes: NewProgramme[];
  prices: NewPrice[];
  morePrices: number;
};

/** How far a prospect has come on one programme. */
export type Progress = {
  denonciation: string;
  prospect: string;
  programme: string;
  promoterName: string;
  stage: 'denounced' | 'option' | 'preresv' | 'validated';
  /** The dénonciation is not accepted yet. */
  pending: boolean;
};
export const stages = ['denounced', 'option', 'preresv', 'validated'] as const;

export type Dashboard = {
  manager: boolean;
  today: Today;
  figures: Figures;
  news: News;
  progress: Progress[];
};
