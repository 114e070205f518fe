import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkDenonciation, createDenonciation } from './denonciations';
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
const input = {
  name: 'Durand',
  firstName: 'Léa',
  email: 'lea@exemple.fr',
  phone: '+33612345678',
  programmeCode: 'VALM',
};

describe('checkDenonciation', () => {
  const verdictOf = async (answer: unknown) => {
    server.answer(json(answer));
    const outcome = await checkDenonciation(client(), input);
    return outcome.kind === 'done' ? outcome.value : outcome.kind;
  };

  it('sends who and where', async () => {
    await verdictOf({});
    expect(sent()).toEqual({
      url: '/api/v1/ncDenonc/CheckDenonc',
      body: {
        EMail: 'lea@exemple.fr',
        Name: 'Durand',
        FirstName: 'Léa',
        Phone: '+33612345678',
        Process: { Code: 'VALM' },
      },
    });
  });

  it('reads the flags', async () => {
    const open = { Activated: true, IsDenonced: false };
    expect(await verdictOf({ ...open, Exists: false })).toEqual({ verdict: 'new', thirdGuid: null });
    expect(await verdictOf({ ...open, Exists: true, Third: { Guid: 'g' } })).toEqual({
      verdict: 'exists',
      thirdGuid: 'g',
    });
    expect(await verdictOf({ ...open, IsDenonced: true, Exists: true })).toMatchObject({
      verdict: 'denounced',
    });
    expect(await verdictOf({ ...open, Activated: false, Exists: true })).toMatchObject({
      verdict: 'inactive',
    });
    expect(await verdictOf({ Activated: false })).toMatchObject({ verdict: 'inactive' });
  });

  it('allows nothing on flags that are missing, not boolean, or contradict each other', async () => {
    for (const flag of [undefined, null, 'true', 1, 0, 'false']) {
      expect(await verdictOf({ Activated: flag, IsDenonced: false, Exists: false })).toBe('malformed');
      expect(await verdictOf({ Activated: true, IsDenonced: flag, Exists: false })).toBe('malformed');
      expect(await verdictOf({ Activated: true, IsDenonced: false, Exists: flag })).toBe('malformed');
    }
    expect(await verdictOf({ Activated: true, IsDenonced: true, Exists: false })).toMatchObject({
      verdict: 'contradictory',
    });
    expect(await verdictOf({ Activated: false, IsDenonced: true, Exists: false })).toMatchObject({
      verdict: 'inactive',
    });
  });
});

describe('createDenonciation', () => {
  it('poses with the same input and the guid of the CGP', async () => {
    server.answer(json({ Success: true, Result: 'd1', Errors: null }));
    const outcome = await createDenonciation(client(), { ...input, byGuid: 'cgp' });
    expect(outcome).toMatchObject({ kind: 'done', value: { guid: 'd1' } });
    expect(sent()).toMatchObject({
      url: '/api/v1/ncDenonc/Create',
      body: { EMail: 'lea@exemple.fr', By: 'cgp' },
    });
    server.answer(json({ success: true }));
    expect(await createDenonciation(client(), { ...input, byGuid: 'cgp' })).toMatchObject({
      kind: 'done',
      value: { guid: null },
    });
  });

  it('reads the reference that comes in a list of one', async () => {
    server.answer(json({ Success: true, Result: ['d1'], Message: null, Errors: null }));
    expect(await createDenonciation(client(), input)).toMatchObject({ kind: 'done', value: { guid: 'd1' } });
  });

  it('keeps the words of a refusal, for which Koban documents no code', async () => {
    server.answer(json({ Success: false, Result: null, Errors: ['Déjà dénoncé', 'par un autre'] }));
    expect(await createDenonciation(client(), { ...input, byGuid: 'cgp' })).toMatchObject({
      kind: 'refused',
      code: 'other',
      rawCode: null,
      unlisted: false,
      message: 'Déjà dénoncé · par un autre',
    });
  });
});
