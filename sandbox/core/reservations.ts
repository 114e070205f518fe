import { slashDate } from './dates';
import type { Lot, Preresv } from './model';
import { endOption, type OptionAnswer, setStatus } from './options';
import { numberOf, textOf } from './reading';
import { notify, recordEffect, type Scene } from './world';

export type PreresvRequest = {
  extcode: string;
  thirdGuid: string;
  partGuid: string | null;
  file: Record<string, unknown>;
};

/**
 * Opens a reservation file (ncPreresv/Add). Codes 01 and 02 are DOC; that a lot neither free nor under this prospect's option is
 * refused without a code is ASSUMED, and so is that the lot's options end.
 */
export function placePreresv(scene: Scene, request: PreresvRequest): OptionAnswer & { preresv?: Preresv } {
  const { account, world } = scene;
  const lot = account.lot(request.extcode);
  if (!lot) return { success: false, errorcode: '01', message: 'Lot introuvable' };
  if (!account.thirds.has(request.thirdGuid))
    return { success: false, errorcode: '02', message: 'Prospect introuvable' };
  const own = lot.options.find((option) => option.thirdGuid === request.thirdGuid);
  if (lot.preresv) return { success: false, message: 'Une préréservation est déjà en cours sur ce lot' };
  if (lot.result === 'WON' || (lot.status !== 'LIBRE' && lot.status !== 'OPTION'))
    return { success: false, message: 'Le lot n’est plus disponible' };
  if (lot.options.length > 0 && !own)
    return { success: false, message: 'Le lot est sous option pour un autre prospect' };
  for (const option of [...lot.options].sort((a, b) => b.rank - a.rank))
    endOption(scene, lot, option, option === own ? 'option-used' : 'option-cancelled');
  lot.preresv = {
    guid: account.newGuid('preresv'),
    thirdGuid: request.thirdGuid,
    partGuid: request.partGuid,
    optionGuid: own?.guid ?? null,
    at: world.clock.now(),
    validated: false,
    file: request.file,
  };
  setStatus(scene, lot, 'PRERESV');
  recordEffect(scene, 'preresv-placed', preresvData(lot, lot.preresv));
  return { success: true, preresv: lot.preresv };
}

/** ncPreresv/AddValid: completes this prospect's file, or opens a complete one, then validates it (ASSUMED to validate at once). */
export function placeValidPreresv(scene: Scene, request: PreresvRequest): OptionAnswer {
  const lot = scene.account.lot(request.extcode);
  if (lot?.preresv && !lot.preresv.validated && lot.preresv.thirdGuid === request.thirdGuid)
    lot.preresv.file = { ...lot.preresv.file, ...request.file };
  else {
    const placed = placePreresv(scene, request);
    if (!placed.success) return placed;
  }
  return validatePreresv(scene, request.extcode);
}

/** The promoter validates the file: the lot is reserved, and the portal hears all the fields of it (DOC). */
export function validatePreresv(scene: Scene, extcode: string): OptionAnswer {
  const lot = scene.account.lot(extcode);
  if (!lot) return { success: false, errorcode: '01', message: 'Lot introuvable' };
  if (!lot.preresv) return { success: false, message: 'Aucune préréservation sur ce lot' };
  if (lot.preresv.validated) return { success: false, message: 'Le dossier est déjà validé' };
  lot.preresv.validated = true;
  setStatus(scene, lot, 'RESV');
  recordEffect(scene, 'reservation-validated', preresvData(lot, lot.preresv));
  notify(scene, 'reservation-validated', fileFields(scene, lot, lot.preresv));
  return { success: true };
}

/** The prospect withdraws (ncPreresv/Desist): the lot is free again. Code 02 also when the prospect has no file on it (ASSUMED). */
export function withdrawPreresv(scene: Scene, extcode: string, thirdGuid: string): OptionAnswer {
  const lot = scene.account.lot(extcode);
  if (!lot) return { success: false, errorcode: '01', message: 'Lot introuvable' };
  if (!lot.preresv || lot.preresv.thirdGuid !== thirdGuid)
    return { success: false, errorcode: '02', message: 'Aucun dossier de ce prospect sur ce lot' };
  endReservation(scene, lot);
  return { success: true };
}

/** Ends the file on a lot, if there is one: the lot is free, and the portal hears of it. */
export function endReservation(scene: Scene, lot: Lot): void {
  const preresv = lot.preresv;
  if (!preresv) return;
  lot.preresv = null;
  lot.result = null;
  setStatus(scene, lot, 'LIBRE');
  recordEffect(scene, 'reservation-withdrawn', preresvData(lot, preresv));
  notify(scene, 'reservation-withdrawn', { Deal_Extcode: lot.extcode, Deal_Guid: lot.guid });
}

function preresvData(lot: Lot, preresv: Preresv): Record<string, unknown> {
  return { lot: lot.extcode, preresv: preresv.guid, third: preresv.thirdGuid, part: preresv.partGuid };
}

/** Fields of the file that the webhook repeats under the name they were posted with. */
const REPEATED = [
  ...['Annexe1_cent', 'Annexe2_cent', 'Annexe3_cent', 'Annexe4_cent', 'Annexe5_cent'],
  ...['Res1Genre', 'Res1Nom', 'Res1Prenom', 'Res1DateNaissance', 'Res1NomSCI', 'Res1Adr_Street'],
  ...['Res1Adr_Complement', 'Res1Adr_ZipCode', 'Res1Adr_City', 'Res1Phone', 'Res1Mail'],
  ...['Res2', 'Res2Nom', 'Res2Prenom', 'Res2DateNaissance', 'Res2Phone', 'Res2Mail'],
  ...['Res2Adr_Street', 'Res2Adr_ZipCode', 'Res2Adr_City', 'AutreParking', 'Options', 'TVA'],
  ...['Apport_cent', 'PlusieursPrets', 'PretImmo1_cent', 'PretImmo2_cent', 'PTZ', 'PTZMontant_cent'],
  ...['FraisNotaireOffert', 'FraisNotaireMontant_cent'],
];

function fileFields(scene: Scene, lot: Lot, preresv: Preresv): Record<string, string> {
  const { account } = scene;
  const third = account.thirds.get(preresv.thirdGuid)?.wire ?? {};
  const file: Record<string, unknown> = {
    Res1Nom: third.Label,
    Res1Prenom: third.FirstName,
    Res1Genre: third.Gender,
    Res1Mail: third.EMail,
    Res1Phone: third.Cell ?? third.Phone,
    ...preresv.file,
  };
  const text = (name: string): string => textOf(file[name]) ?? '';
  const repeated = Object.fromEntries(REPEATED.map((name) => [name, text(name)]));
  const price = numberOf(file.PrixVente) ?? (lot.priceCents === null ? null : lot.priceCents / 100);
  return {
    Lot_Code: lot.extcode,
    Vendeur_Groupe: account.name,
    _id: preresv.guid,
    DealId: lot.guid,
    ThirdId: preresv.thirdGuid,
    PrixVente: price === null ? '' : String(price),
    Garantie: text('Garantie'),
    AssignedToId: textOf(file.AssignedToId) ?? account.salesman.guid,
    OptionId: preresv.optionGuid ?? '',
    PreresaDate: slashDate(preresv.at),
    DealProcessId: account.programmes.get(lot.programme)?.guid ?? '',
    ...repeated,
    CanalOrigine_sId: '591411344e86af13648bc05d',
    CanalOrigine_Label: text('CanalOrigine'),
    CanalVente_Label: text('CanalVente'),
    NatureAchat_Label: text('NatureAchat'),
    Res1Profession_Label: text('Res1Profession'),
    Res2Profession_Label: text('Res2Profession'),
    AssignedTo_Name: account.salesman.name,
    AssignedTo_FirstName: account.salesman.firstName,
    AssignedTo_EMail: account.salesman.email,
  };
}
