import { describe, expect, it } from 'vitest';
import { freeLot, testSandbox } from '@/sandbox/testing';
import { readReservation } from './read-reservation';

/** The table « Validation d'un dossier de réservation » of Koban Immobilier, in its order. */
const documented =
  `Lot_Code Vendeur_Groupe Res1Genre _id DealId ThirdId PrixVente Garantie AssignedToId OptionId PreresaDate
  Annexe1_cent Annexe2_cent Annexe3_cent Annexe4_cent Annexe5_cent DealProcessId Res1Nom Res1Prenom Res1DateNaissance
  CanalOrigine_sId CanalOrigine_Label Res1NomSCI Res1Adr_Street Res1Adr_Complement Res1Adr_ZipCode Res1Adr_City Res1Phone
  Res1Mail Res2 Res2Nom Res2Prenom Res2Phone Res2Mail AutreParking Options FraisNotaireMontant_cent Apport_cent
  PretImmo1_cent TVA PretImmo2_cent CanalVente_Label Res1Profession_Label Res2DateNaissance Res2Profession_Label
  Res2Adr_Street Res2Adr_ZipCode Res2Adr_City FraisNotaireOffert NatureAchat_Label PlusieursPrets PTZ PTZMontant_cent
  AssignedTo_Name AssignedTo_FirstName AssignedTo_EMail`.split(/\s+/);

/** What the sandbox sends when a file is validated, as it comes out of the form encoding. */
async function validated(slug: string, file: Record<string, unknown>) {
  const bodies: string[] = [];
  const webhookFetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    if (request.url.endsWith('/reservation-validated')) bodies.push(await request.text());
    return Response.json({ success: true });
  };
  const { sandbox, account, call, third } = testSandbox(
    { webhookOrigin: 'http://portal.test', webhookFetch },
    slug,
  );
  const lot = freeLot(account);
  const guid = await third('Lefèvre');
  await call('ncPreresv/AddValid', { Deal: { Extcode: lot.extcode }, ThirdId: guid, ...file });
  await sandbox.state.webhooks.idle();
  return { fields: Object.fromEntries(new URLSearchParams(bodies[0])), lot, guid, now: sandbox.clock.now() };
}

describe('a validated file', () => {
  it.each(['valmont', 'littoral'])('is read whole from what %s sends, each field typed', async (slug) => {
    const { fields, lot, guid, now } = await validated(slug, {
      PrixVente: 352_500.5,
      Garantie: 17_625,
      Annexe1_cent: 1_250_000,
      Res1Genre: 'MME',
      Res1Nom: 'Lefèvre',
      Res1DateNaissance: '29/02/1980',
      Res1Adr_Street: '12, rue de l’Église',
      Res2: 'O',
      Res2DateNaissance: '01/01/1950',
      PTZ: 'N',
      PTZMontant_cent: 0,
      TVA: '5,5 %',
    });
    const told = readReservation(fields);
    expect(told).toMatchObject({ thirdGuid: guid, file: { Lot_Code: lot.extcode, DealId: lot.guid } });
    expect(told.file).toMatchObject({
      PrixVente: 35_250_050,
      Garantie: 1_762_500,
      Annexe1_cent: 1_250_000,
      Annexe2_cent: null,
      Res1Genre: 'MME',
      Res1Nom: 'Lefèvre',
      Res1DateNaissance: '1980-02-29',
      Res1Adr_Street: '12, rue de l’Église',
      Res2: true,
      Res2DateNaissance: '1950-01-01',
      PTZ: false,
      PTZMontant_cent: 0,
      PlusieursPrets: null,
      TVA: '5,5 %',
      PreresaDate: new Date(now).toISOString(),
    });
    expect(Object.keys(told.file).sort()).toEqual(
      [...new Set([...documented, ...Object.keys(fields)])].sort(),
    );
    // Every field that came with something is kept as something.
    for (const [name, value] of Object.entries(fields))
      if (value !== '') expect(told.file[name], name).not.toBeNull();
  });

  it.each([
    ['PrixVente', '352500,50', 35_250_050],
    ['PrixVente', 'sur demande', null],
    ['Annexe1_cent', '1250000.0', 1_250_000],
    ['Annexe1_cent', '12,5', null],
    ['PreresaDate', '1579771515', '2020-01-23T09:25:15.000Z'],
    ['PreresaDate', '/Date(-62135596800000)/', null],
    ['Res1DateNaissance', '1980-02-29T00:00:00', '1980-02-29'],
    ['Res1DateNaissance', '/Date(320626800000)/', '1980-02-29'],
    ['Res1DateNaissance', '0001-01-01T00:00:00', null],
    ['Res1DateNaissance', '30/02/1980', null],
    ['Res2', 'Oui', true],
    ['PTZ', 'peut-être', null],
    ['Nouveau', 'champ', 'champ'],
  ])('%s « %s » is %s', (name, value, read) => {
    expect(readReservation({ [name]: value }).file[name]).toEqual(read);
  });
});
