/** Invented people: rivals' prospects. */
export const firstNames = [
  ...[
    'Camille',
    'Julien',
    'Aurélie',
    'Nicolas',
    'Sophie',
    'Mathieu',
    'Élodie',
    'Thomas',
    'Céline',
    'Antoine',
  ],
  ...['Inès', 'Karim', 'Manon', 'Hugo', 'Léa', 'Bastien', 'Yasmine', 'Olivier', 'Florence', 'Étienne'],
];

export const lastNames = [
  ...[
    'Garnier',
    'Lefèvre',
    'Moreau',
    'Fontaine',
    'Chevalier',
    'Perrin',
    'Blanchard',
    'Gauthier',
    'Masson',
    'Roussel',
  ],
  ...[
    'Benali',
    'Leclerc',
    'Noël',
    'Dupuis',
    'Le Goff',
    'Carpentier',
    'Etcheverry',
    'Vidal',
    'Schmitt',
    'Da Costa',
  ],
  ...['Arnaud', 'Brunet', 'Colin', 'Marchand', 'Renaud', 'Pons', 'Kessler', 'Jourdain', 'Haddad', 'Bertin'],
];

export type Cabinet = { extcode: string; label: string; email: string; city: string; zip: string };

/** The CGP thirds of both accounts. The first two are cabinets of the demo, the others their rivals. */
export const cabinets: readonly Cabinet[] = [
  {
    extcode: 'CGP-ORMEAU',
    label: 'Ormeau Patrimoine',
    email: 'contact@ormeau.exemple',
    city: 'Nantes',
    zip: '44000',
  },
  {
    extcode: 'CGP-LEMOINE',
    label: 'Cabinet Lemoine & Associés',
    email: 'contact@lemoine.exemple',
    city: 'Lyon',
    zip: '69006',
  },
  {
    extcode: 'CGP-HORIZON',
    label: 'Horizon Conseil',
    email: 'contact@horizon.exemple',
    city: 'Paris',
    zip: '75009',
  },
  {
    extcode: 'CGP-TILLEUL',
    label: 'Tilleul Finance',
    email: 'contact@tilleul.exemple',
    city: 'Lille',
    zip: '59000',
  },
];
