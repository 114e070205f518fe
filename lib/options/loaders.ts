import { requirePartner } from '@/lib/auth/session';
import { listOptions, optionsOfDenonciation, optionsOfLot } from './queries';
import { type LotRef, type OptionLine, type OptionPage, optionFilterSchema } from './schema';

/** « Mes options » for the signed-in partner; the filter is what stands in the URL, whatever it is. */
export async function loadOptions(search: Record<string, unknown>): Promise<OptionPage> {
  return listOptions(await requirePartner(), optionFilterSchema.parse(search));
}

/** The signed-in partner's options on one lot. */
export async function loadOptionsOfLot(ref: LotRef): Promise<OptionLine[]> {
  return optionsOfLot(await requirePartner(), ref);
}

/** The signed-in partner's options that rest on one dénonciation. */
export async function loadOptionsOfDenonciation(id: string): Promise<OptionLine[]> {
  return optionsOfDenonciation(await requirePartner(), id);
}
