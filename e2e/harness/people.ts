import { readFileSync, writeFileSync } from 'node:fs';

const password = 'parvis-demo-2026';
// Without a limit of options: tests share a portal.
const everywhere = ['valmont', 'littoral'].map((promoter) => ({
  promoter,
  programmes: 'all',
  kobanGuid: null,
  maxOptions: null,
}));

/** People of a cabinet that only tests know, one for each test that changes an account; the demo's stay as they are. */
export const cast = {
  adviser: { email: 'nora.leroy@boreal.exemple', name: 'Nora Leroy', password },
  colleague: { email: 'hugo.martel@boreal.exemple', name: 'Hugo Martel', password },
  manager: { email: 'anne.boreal@boreal.exemple', name: 'Anne Boréal', password, role: 'manager' },
  invited: { email: 'ines.vallet@boreal.exemple', name: 'Inès Vallet' },
  expected: { email: 'jules.ferrand@boreal.exemple', name: 'Jules Ferrand' },
  forgetful: { email: 'rose.tellier@boreal.exemple', name: 'Rose Tellier', password },
  careful: { email: 'marc.aubry@boreal.exemple', name: 'Marc Aubry', password },
  leaving: { email: 'lucas.prieur@boreal.exemple', name: 'Lucas Prieur', password },
  promoted: { email: 'emma.caron@boreal.exemple', name: 'Emma Caron', password },
  mistyping: { email: 'paul.verdier@boreal.exemple', name: 'Paul Verdier', password },
  watchful: { email: 'alice.roux@boreal.exemple', name: 'Alice Roux', password },
  newcomer: { email: 'theo.garnier@boreal.exemple', name: 'Théo Garnier', password },
  renamed: { email: 'lea.simon@boreal.exemple', name: 'Léa Simon', password },
};

/** Advisers of another cabinet, who race them. */
export const rivals = {
  first: { email: 'yves.costa@austral.exemple', name: 'Yves Costa', password },
  second: { email: 'mila.roche@austral.exemple', name: 'Mila Roche', password },
};

/** Adds them to a provisioning file. */
export function addCast(seedFile: string): void {
  const file = JSON.parse(readFileSync(seedFile, 'utf8'));
  const cabinet = (name: string, people: object[]) => ({
    name,
    partners: people.map((one) => ({ role: 'adviser', ...one })),
    conventions: everywhere,
  });
  file.cabinets.push(
    cabinet('Boréal Conseil', Object.values(cast)),
    cabinet('Austral Patrimoine', Object.values(rivals)),
  );
  writeFileSync(seedFile, JSON.stringify(file), { mode: 0o600 });
}
