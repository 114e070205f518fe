import { requireStaff } from '@/lib/auth/session';
import { findCabinet, listCabinets, programmeChoices } from './queries';
import { type CabinetDetail, type CabinetLine, cabinetIdSchema, type ProgrammeChoice } from './schema';

/** The cabinets of the signed-in staff's promoter. */
export async function loadCabinets(): Promise<CabinetLine[]> {
  return listCabinets(await requireStaff(), new Date());
}

/** One of them; null when it has no convention with the signed-in staff's promoter. */
export async function loadCabinet(id: string): Promise<CabinetDetail | null> {
  const actor = await requireStaff();
  const known = cabinetIdSchema.safeParse(id).data;
  return known ? findCabinet(actor, known, new Date()) : null;
}

/** The programmes that the signed-in staff may grant. */
export async function loadProgrammeChoices(): Promise<ProgrammeChoice[]> {
  return programmeChoices(await requireStaff());
}
