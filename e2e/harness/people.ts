import { readFileSync, writeFileSync } from 'node:fs';

const password = 'parvis-demo-2026';
const everywhere = ['valmont', 'littoral'].map((promoter) => ({
  promoter,
  programmes: 'all',
  kobanGuid: null,
  maxOptions: null,
}));

/** People of a cabinet that only tests know, one for each test that changes an account; the demo's stay as they are. */
export const cast = {
  invited: { email: 'ines.vallet@boreal.exemple', name: 'Inès Vallet' },
  forgetful: { email: 'rose.tellier@boreal.exemple', name: 'Rose Tellier', password },
  careful: { email: 'marc.aubry@boreal.exemple', name: 'Marc Aubry', password },
  leaving: { email: 'lucas.prieur@boreal.exemple', name: 'Lucas Prieur', password },
  promoted: { email: 'emma.caron@boreal.exemple', name: 'Emma Caron', password },
  mistyping: { email: 'paul.verdier@boreal.exemple', name: 'Paul Verdier', password },
  renamed: { email: 'lea.simon@boreal.exemple', name: 'Léa Simon', password },
};

/** Adds them to a provisioning file. */
export function addCast(seedFile: string): void {
  const file = JSON.parse(readFileSync(seedFile, 'utf8'));
  file.cabinets.push({
    name: 'Boréal Conseil',
    siren: '900000009',
    partners: Object.values(cast).map((one) => ({ ...one, role: 'adviser' })),
    conventions: everywhere,
  });
  writeFileSync(seedFile, JSON.stringify(file), { mode: 0o600 });
}
