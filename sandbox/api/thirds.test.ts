import { describe, expect, test } from 'vitest';
import { cabinetGuid } from '../seed/life';
import { testSandbox } from '../testing';

describe('ncThird', () => {
  test('PostOne is idempotent by external code: 201 then 200, one guid', async () => {
    const { call } = testSandbox();
    const post = (more: object) =>
      call('ncThird/PostOne?uniqueproperty=Extcode', { Extcode: 'PV-1', Label: 'Aubry', ...more });
    const first = await post({ EMail: 'a@exemple.fr' });
    const second = await post({ Comments: 'again' });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.json).toEqual(first.json);
    const { json } = await call('ncThird/GetOneByExtcode?extcode=PV-1');
    expect(json).toMatchObject({ EMail: 'a@exemple.fr', Comments: 'again', DUpdated: expect.any(Number) });
    expect((await call('ncThird/GetOneByKey?uniqueproperty=Email&value=A@exemple.fr')).json).toEqual(json);
    expect((await call('ncThird/GetByLabel?search=aubry')).json).toMatchObject({ Length: 1 });
  });

  test('a third without a name is refused at HTTP 200, with Errors null on one account', async () => {
    const post = (slug: string) =>
      testSandbox({}, slug).call('ncThird/PostOne?uniqueproperty=Extcode', { Extcode: 'X' });
    expect(await post('valmont')).toMatchObject({
      status: 200,
      json: { Success: false, Errors: [expect.any(String)] },
    });
    expect(await post('littoral')).toMatchObject({
      status: 200,
      json: { Success: false, Result: null, Errors: null },
    });
  });

  test('what is not found is 404 on one account and null on the other', async () => {
    const get = (slug: string) => testSandbox({}, slug).call('ncThird/GetOneByExtcode?extcode=NOBODY');
    expect((await get('valmont')).status).toBe(404);
    expect(await get('littoral')).toEqual({ status: 200, json: null });
  });
});

describe('ncDenonc', () => {
  const person = {
    EMail: 'zoe@exemple.fr',
    Name: 'Zimmer',
    FirstName: 'Zoé',
    Phone: '+33 6 39 98 99 99',
    Process: { Code: 'TDC' },
  };

  test('check, create the prospect, pose, then it is denounced on that programme only', async () => {
    const { call, sandbox } = testSandbox();
    const check = async (more = {}) => (await call('ncDenonc/CheckDenonc', { ...person, ...more })).json;
    expect(await check()).toEqual({ Activated: true, IsDenonced: false, Exists: false });
    expect((await call('ncDenonc/Create', person)).json).toMatchObject({ Success: false });
    await call('ncThird/PostOne?uniqueproperty=Extcode', {
      Extcode: 'Z',
      Label: 'Zimmer',
      Cell: '06 39 98 99 99',
    });
    expect(await check()).toMatchObject({
      Exists: true,
      IsDenonced: false,
      Third: { Guid: expect.any(String) },
    });
    const By = cabinetGuid('valmont', 'CGP-ORMEAU');
    expect((await call('ncDenonc/Create', { ...person, By })).json).toMatchObject({ Success: true });
    expect(await check()).toMatchObject({ IsDenonced: true });
    expect(await check({ Process: { Code: 'CLU' } })).toMatchObject({ IsDenonced: false, Exists: true });
    expect((await call('ncDenonc/Create', person)).json).toMatchObject({ Success: false, Result: null });
    expect(sandbox.state.ledger.effects({ kind: 'denonciation-created' })).toMatchObject([
      { data: { by: By }, cause: { origin: 'api', callId: expect.any(Number) } },
    ]);
  });

  test('the demo has a prospect who exists and one whom a rival denounced everywhere', async () => {
    for (const slug of ['valmont', 'littoral']) {
      const { call, account } = testSandbox({}, slug);
      const [Code] = account.programmes.keys();
      const check = async (EMail: string) =>
        (await call('ncDenonc/CheckDenonc', { EMail, Process: { Code } })).json;
      expect(await check('helene.marchand@exemple.fr')).toMatchObject({ Exists: true, IsDenonced: false });
      expect(await check('paul.renaud@exemple.fr')).toMatchObject({ IsDenonced: true });
    }
  });

  test('with the module off nothing is possible', async () => {
    const { call, control } = testSandbox();
    await control('accounts/valmont/policy', { denonciationActive: false }, 'PATCH');
    expect((await call('ncDenonc/CheckDenonc', person)).json).toMatchObject({ Activated: false });
    expect((await call('ncDenonc/Create', person)).json).toMatchObject({ Success: false });
  });

  test('a rival may come first', async () => {
    const { call, control } = testSandbox();
    await control('accounts/valmont/acts/denounce', {
      programme: 'TDC',
      third: { Label: 'Zimmer', EMail: person.EMail },
    });
    expect((await call('ncDenonc/CheckDenonc', person)).json).toMatchObject({ IsDenonced: true });
  });
});
