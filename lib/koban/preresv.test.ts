import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addPreresv, addValidPreresv, desistPreresv } from './preresv';
import { clientOf, json, kobanServer } from './testing';

let server: Awaited<ReturnType<typeof kobanServer>>;
beforeAll(async () => {
  server = await kobanServer(json({}));
});
afterAll(() => server.close());
beforeEach(() => {
  server.received.length = 0;
});

const client = () => clientOf(server.baseUrl, { limits: { tries: 1 } });
const sent = () => ({
  url: server.received.at(-1)?.url,
  body: JSON.parse(server.received.at(-1)?.body || 'null'),
});

describe('preresv', () => {
  it('sends a first pre-reservation and a withdrawal', async () => {
    server.answer(json({ success: true }));
    const preresv = {
      lotExtcode: 'A12',
      thirdGuid: 't1',
      priceCents: 35_250_050,
      guaranteeCents: 150_000,
      partGuid: 'cgp',
    };
    expect(await addPreresv(client(), preresv)).toMatchObject({ kind: 'done', value: null });
    expect(sent()).toEqual({
      url: '/api/v1/ncPreresv/Add',
      body: {
        Deal: { Extcode: 'A12' },
        Third: { Guid: 't1' },
        PrixVente: 352500.5,
        Garantie: 1500,
        Part: { Guid: 'cgp' },
      },
    });
    server.answer(json({ success: false, errorcode: '01' }));
    expect(await addPreresv(client(), preresv)).toMatchObject({ kind: 'refused', code: 'unknown-lot' });
    server.answer(json({ success: false, errorcode: '02' }));
    const withdrawn = await desistPreresv(client(), { lotExtcode: 'A12', thirdGuid: 't1' });
    expect(withdrawn).toMatchObject({ kind: 'refused', code: 'unknown-prospect' });
    expect(sent()).toEqual({
      url: '/api/v1/ncPreresv/Desist',
      body: { Deal: { Extcode: 'A12' }, Third: { Guid: 't1' } },
    });
  });

  it('sends a whole file in flat fields', async () => {
    server.answer(json({ success: true }));
    const file = {
      lotExtcode: 'A12',
      thirdGuid: 't1',
      preresvAt: new Date('2026-11-26T13:30:00Z'),
      priceCents: 35_250_000,
      guaranteeCents: 150_000,
      annexesCents: [1_500_000, undefined, 300_050],
      buyer: { name: 'Durand', gender: 'Mme', birthDay: { year: 1984, month: 2, day: 9 }, city: 'Lyon' },
      secondBuyer: { name: 'Petit', professionCode: 'CADRE' },
      financing: { severalLoans: false, loan1Cents: 20_000_000, ptzCents: 4_000_000 },
      purchaseKindCode: 'RP',
    };
    expect(await addValidPreresv(client(), file)).toMatchObject({ kind: 'done' });
    expect(sent().body).toEqual({
      Deal: { Extcode: 'A12' },
      ThirdId: 't1',
      PreresaDate: 1795699800,
      PrixVente: 352500,
      Garantie: 1500,
      Annexe1_cent: 1500000,
      Annexe3_cent: 300050,
      Res1Nom: 'Durand',
      Res1Genre: 'Mme',
      Res1DateNaissance: '09/02/1984',
      Res1Adr_City: 'Lyon',
      Res2: 'O',
      Res2Nom: 'Petit',
      Res2Profession: 'CADRE',
      PlusieursPrets: 'N',
      PretImmo1_cent: 20000000,
      PTZ: 'O',
      PTZMontant_cent: 4000000,
      FraisNotaireOffert: 'N',
      NatureAchat: 'RP',
    });
    expect(() => addValidPreresv(client(), { ...file, annexesCents: [1, 2, 3, 4, 5, 6] })).toThrow(
      RangeError,
    );
  });
});
