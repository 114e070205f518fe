import { type Cents, eurosFromCents } from '@/lib/core/money';
import { type Codes, noValue, parseVerdict } from './answers';
import { birthDateOnWire, preresaDateOnWire } from './assumptions';
import type { KobanClient } from './client';
import type { WriteOutcome } from './outcome';

/** Why Koban refuses a pre-reservation or a withdrawal: 01 and 02, in this order. */
export type PreresvCode = 'unknown-lot' | 'unknown-prospect';

const codes: Codes<PreresvCode> = { '01': 'unknown-lot', '02': 'unknown-prospect' };
const parse = parseVerdict(codes, noValue);

export type PreresvOutcome = WriteOutcome<null, PreresvCode>;

/** A first pre-reservation, amounts in cents (sent as decimal euros). `thirdGuid`: the first buyer. */
export type PreresvToAdd = {
  lotExtcode: string;
  thirdGuid: string;
  priceCents: Cents;
  guaranteeCents: Cents;
  partGuid?: string;
};

/** Poses an incomplete reservation file (`ncPreresv/Add`). Not idempotent: never sent twice by itself. */
export function addPreresv(client: KobanClient, preresv: PreresvToAdd): Promise<PreresvOutcome> {
  return client.write({
    method: 'ncPreresv/Add',
    body: {
      Deal: { Extcode: preresv.lotExtcode },
      Third: { Guid: preresv.thirdGuid },
      PrixVente: eurosFromCents(preresv.priceCents),
      Garantie: eurosFromCents(preresv.guaranteeCents),
      Part: preresv.partGuid === undefined ? undefined : { Guid: preresv.partGuid },
    },
    parse,
  });
}

/** Withdraws a reservation file (`ncPreresv/Desist`). Not idempotent: never sent twice by itself. */
export function desistPreresv(
  client: KobanClient,
  preresv: { lotExtcode: string; thirdGuid: string },
): Promise<PreresvOutcome> {
  return client.write({
    method: 'ncPreresv/Desist',
    body: { Deal: { Extcode: preresv.lotExtcode }, Third: { Guid: preresv.thirdGuid } },
    parse,
  });
}

/** A calendar day, without an hour: `month` from 1 to 12. */
export type Day = { year: number; month: number; day: number };

/** A buyer. `professionCode` is a Koban list code. */
export type Buyer = {
  name: string;
  firstName?: string;
  birthDay?: Day;
  street?: string;
  zipCode?: string;
  city?: string;
  phone?: string;
  email?: string;
  professionCode?: string;
};

/** A complete reservation file. Amounts in cents; `…Code` are codes of Koban's lists. Only what is given is sent. */
export type PreresvFile = {
  lotExtcode: string;
  thirdGuid: string;
  assignedToGuid?: string;
  preresvAt: Date;
  priceCents: Cents;
  guaranteeCents: Cents;
  /** Up to five annexes, each in its place; an empty place is not sent. */
  annexesCents?: readonly (Cents | undefined)[];
  optionsText?: string;
  vat?: string;
  buyer: Buyer & { gender?: string; companyName?: string; addressComplement?: string };
  secondBuyer?: Buyer;
  financing?: {
    downPaymentCents?: Cents;
    severalLoans?: boolean;
    loan1Cents?: Cents;
    loan2Cents?: Cents;
    /** The zero-interest loan (PTZ), when there is one. */
    ptzCents?: Cents;
    /** Notary fees that the promoter offers. */
    notaryFeesOfferedCents?: Cents;
  };
  originCode?: string;
  saleChannelCode?: string;
  purchaseKindCode?: string;
};

const MOST_ANNEXES = 5;

/**
 * Poses a complete reservation file (`ncPreresv/AddValid`). Not idempotent: never sent twice by itself.
 * @throws RangeError for more than five annexes, which Koban has no place for.
 */
export function addValidPreresv(client: KobanClient, file: PreresvFile): Promise<PreresvOutcome> {
  return client.write({ method: 'ncPreresv/AddValid', body: fileOnWire(file), parse });
}

function fileOnWire(file: PreresvFile): Record<string, unknown> {
  const { annexesCents = [], buyer, secondBuyer, financing = {} } = file;
  if (annexesCents.length > MOST_ANNEXES) throw new RangeError(`At most ${MOST_ANNEXES} annexes`);
  return {
    Deal: { Extcode: file.lotExtcode },
    ThirdId: file.thirdGuid,
    AssignedToId: file.assignedToGuid,
    PreresaDate: preresaDateOnWire(file.preresvAt),
    PrixVente: eurosFromCents(file.priceCents),
    Garantie: eurosFromCents(file.guaranteeCents),
    ...Object.fromEntries(annexesCents.map((cents, index) => [`Annexe${index + 1}_cent`, cents])),
    Options: file.optionsText,
    TVA: file.vat,
    ...buyerOnWire('Res1', buyer),
    Res1Genre: buyer.gender,
    Res1NomSCI: buyer.companyName,
    Res1Adr_Complement: buyer.addressComplement,
    Res2: yesNo(secondBuyer !== undefined),
    ...(secondBuyer && buyerOnWire('Res2', secondBuyer)),
    Apport_cent: financing.downPaymentCents,
    PlusieursPrets: yesNo(financing.severalLoans),
    PretImmo1_cent: financing.loan1Cents,
    PretImmo2_cent: financing.loan2Cents,
    PTZ: yesNo(financing.ptzCents !== undefined),
    PTZMontant_cent: financing.ptzCents,
    FraisNotaireOffert: yesNo(financing.notaryFeesOfferedCents !== undefined),
    FraisNotaireMontant_cent: financing.notaryFeesOfferedCents,
    CanalOrigine: file.originCode,
    CanalVente: file.saleChannelCode,
    NatureAchat: file.purchaseKindCode,
  };
}

function buyerOnWire(prefix: 'Res1' | 'Res2', buyer: Buyer): Record<string, unknown> {
  return {
    [`${prefix}Nom`]: buyer.name,
    [`${prefix}Prenom`]: buyer.firstName,
    [`${prefix}DateNaissance`]: buyer.birthDay && birthDateOnWire(buyer.birthDay),
    [`${prefix}Adr_Street`]: buyer.street,
    [`${prefix}Adr_ZipCode`]: buyer.zipCode,
    [`${prefix}Adr_City`]: buyer.city,
    [`${prefix}Phone`]: buyer.phone,
    [`${prefix}Mail`]: buyer.email,
    [`${prefix}Profession`]: buyer.professionCode,
  };
}

const yesNo = (value: boolean | undefined) => (value === undefined ? undefined : value ? 'O' : 'N');
