import { randomBytes } from 'node:crypto';

export const newGuid = (): string => randomBytes(12).toString('hex').toUpperCase();

/** `/Date(1579771515726)/`, which this Koban writes of its lots and options. */
export const slashDate = (ms: number): string => `/Date(${Math.trunc(ms)})/`;
export const NO_DATE = slashDate(-62_135_596_800_000);

/** `2021-03-22T18:46:18`, Paris wall time, which it writes of reservations. */
export const parisDate = (ms: number): string =>
  new Date(ms).toLocaleString('sv-SE', { timeZone: 'Europe/Paris' }).replace(' ', 'T');

export type Option = { third: string; rank: number; endsAt: number; prolongedTo: number | null };
export type ReservationFile = { third: string; said: Record<string, unknown> };

/** A lot: what changes of it, and as it is written otherwise. */
export type Deal = {
  guid: string;
  code: string | number | null;
  status: string;
  statusAs: 'text' | 'reference';
  changedAt: number;
  options: Option[];
  file: ReservationFile | null;
  written: Record<string, unknown>;
};

/** Codes that a customer may well choose: a number, and one that an address must escape. */
export const codes = { programme: 7701, lot: 4102, oddLot: 'T2/É 12+', deskLot: '5-C', notary: 'NOTAIRE-3' };

export const programmes = [
  {
    Guid: newGuid(),
    Extcode: codes.programme,
    Label: 'Quai des Arts',
    Regroup: null,
    IsActive: true,
    Steps: [
      { Label: 'Disponible', Extcode: 'LIBRE' },
      { Label: 'Chez le notaire', Extcode: codes.notary },
    ],
    MoreFields: null,
    Owner: { Teams: ['Ouest', null] },
  },
  { Guid: newGuid(), Extcode: 'VP', Label: 'Villa Pallas', Steps: null, Archived: false },
];

const [arts, pallas] = programmes.map(({ Guid, Extcode, Label }) => ({ Guid, Code: Extcode, Label }));

/** What this customer's own fields are called in Koban. */
export const fieldIds = { surface: 'CF_201', through: 'CF_303', handover: 'CF_404' };

const tag = (category: string, label: string) => ({ TagCategory: category, Label: label, Weight: 3 });

function deal(code: Deal['code'], status: string, written: Record<string, unknown>): Deal {
  return {
    guid: newGuid(),
    code,
    status,
    statusAs: 'text',
    changedAt: Date.UTC(2026, 0, 15),
    options: [],
    file: null,
    written: {
      Process: arts,
      DPrev: NO_DATE,
      DResult: '0001-01-01T00:00:00',
      Kanban: { Column: 4 },
      ...written,
    },
  };
}

/** What this Koban sells, in an order of its own. */
export function deals(): Deal[] {
  const main = deal(codes.lot, 'LIBRE', {
    Label: 'A402',
    Amountprev: 352_500,
    Description: null,
    Tags: [tag('NBPIECES', '3 pièces'), tag('ETAGE', '4ème étage'), tag('TPLOG', 'Appartement'), null],
    MoreFields: [
      { FieldId: fieldIds.surface, Value: '62,40' },
      { FieldId: fieldIds.through, Value: 'true' },
      { FieldId: fieldIds.handover, Value: '31/03/2028' },
      { FieldId: 'CF_999', Value: null },
    ],
  });
  const annex = deal(9001, 'LIBRE', {
    Label: 'Cave 12',
    Type: 'SECONDARY',
    Link: main.guid,
    Amountprev: 4_200.5,
    Tags: [tag('TPLOG', 'Cave')],
  });
  const odd: Deal = {
    ...deal(codes.oddLot, 'LIBRE', { Label: 'B12', Amountprev: 241_300.9, MoreFields: null, Tags: null }),
    statusAs: 'reference',
  };
  return [
    deal(codes.lot + 1, codes.notary, { Label: 'A403', Amountprev: 310_000 }),
    { ...deal('S-1', '90', { Label: 'A001', Result: 'WON' }), statusAs: 'reference' },
    annex,
    main,
    deal(4200, 'BLOQUE', { Label: 'B20', Process: { Guid: arts?.Guid }, Amountprev: null }),
    deal(null, 'LIBRE', { Label: 'B21' }),
    deal(codes.deskLot, 'LIBRE', { Label: 'C05', Amountprev: 298_000 }),
    deal('VP-1', 'LIBRE', { Label: 'Villa 1', Process: pallas }),
    odd,
  ];
}

/** A lot as `ncDeal/GetUpdated` lists it. */
export const dealOnWire = ({ guid, code, status, statusAs, changedAt, written }: Deal) => ({
  ...written,
  Guid: guid,
  Extcode: code,
  Status: statusAs === 'text' ? status : { Code: status, Label: null },
  DUpdated: slashDate(changedAt),
  Updated: null,
});
