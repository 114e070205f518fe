import { z } from 'zod';
import { type Codes, parseVerdict } from './answers';
import { CHECK_DENONC_THIRD, DENONC_INPUT } from './assumptions';
import type { KobanClient } from './client';
import type { ReadOutcome, WriteOutcome } from './outcome';
import { anything, parseWith, readGuid, readText } from './wire';

/** Who is denounced, and on which programme. */
export type DenonciationInput = {
  name: string;
  firstName?: string;
  email?: string;
  phone?: string;
  programmeCode: string;
};

/**
 * What CheckDenonc allows. `inactive`: the module is off. `denounced`: a dénonciation exists. `contradictory`: one exists for a
 * prospect that does not, so nothing may be sent or concluded. `new`: possible once the prospect is created. `exists`: possible
 * at once, Koban knows the prospect (`thirdGuid` when it says which).
 */
export type DenonciationCheck = {
  verdict: 'inactive' | 'denounced' | 'contradictory' | 'new' | 'exists';
  thirdGuid: string | null;
};

const record = z.record(z.string(), z.unknown());

// A flag that decides must be there, and be a boolean; once one flag forbids, the others decide nothing.
const checkAnswer = z
  .object({
    Activated: z.boolean(),
    IsDenonced: anything,
    Exists: anything,
    [CHECK_DENONC_THIRD.third]: anything,
  })
  .transform((wire, context): DenonciationCheck => {
    const third = record.safeParse(wire[CHECK_DENONC_THIRD.third]).data;
    const thirdGuid = readText(third?.[CHECK_DENONC_THIRD.guid]);
    if (!wire.Activated) return { verdict: 'inactive', thirdGuid };
    if (wire.IsDenonced === true) {
      return { verdict: wire.Exists === false ? 'contradictory' : 'denounced', thirdGuid };
    }
    if (wire.IsDenonced === false && typeof wire.Exists === 'boolean') {
      return { verdict: wire.Exists ? 'exists' : 'new', thirdGuid };
    }
    context.addIssue({ code: 'custom', path: [wire.IsDenonced === false ? 'Exists' : 'IsDenonced'] });
    return z.NEVER;
  });

/** Whether a dénonciation is possible (`ncDenonc/CheckDenonc`): a read, though Koban wants it by POST. */
export function checkDenonciation(
  client: KobanClient,
  input: DenonciationInput,
): Promise<ReadOutcome<DenonciationCheck>> {
  return client.read({
    method: 'ncDenonc/CheckDenonc',
    body: inputOnWire(input),
    parse: parseWith(checkAnswer),
  });
}

const noCodes: Codes<never> = {};

const parseCreated = parseVerdict(noCodes, ({ Result }) => ({
  kind: 'done' as const,
  value: { guid: readGuid(Result) },
}));

/**
 * Poses a dénonciation (`ncDenonc/Create`), for the CGP whose guid is `byGuid` when the promoter has given one. Not idempotent: never sent twice by itself.
 * Koban documents no error code for it: a refusal is `other` with its message.
 */
export function createDenonciation(
  client: KobanClient,
  input: DenonciationInput & { byGuid?: string },
): Promise<WriteOutcome<{ guid: string | null }, never>> {
  return client.write({
    method: 'ncDenonc/Create',
    body: { ...inputOnWire(input), [DENONC_INPUT.by]: input.byGuid },
    parse: parseCreated,
  });
}

function inputOnWire(input: DenonciationInput): Record<string, unknown> {
  return {
    [DENONC_INPUT.email]: input.email,
    [DENONC_INPUT.name]: input.name,
    [DENONC_INPUT.firstName]: input.firstName,
    [DENONC_INPUT.phone]: input.phone,
    [DENONC_INPUT.programme]: { [DENONC_INPUT.programmeCode]: input.programmeCode },
  };
}
