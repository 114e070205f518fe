import { fieldId, fieldSpecs } from './fields';
import { cabinetGuid } from './life';
import { demoWebhooks } from './seed';

/** One easy password for every account of the demo; the demo listens on this machine only. */
const PASSWORD = 'parvis-demo-2026';

const list = (...entries: [code: string, label: string][]) =>
  entries.map(([code, label]) => ({ code, label }));

/** The promoter's own lists, which a reservation's file speaks of by their codes. */
const demoLists = {
  professions: list(
    ['CADRE', 'Cadre'],
    ['EMPLOYE', 'Employé'],
    ['FONCT', 'Fonctionnaire'],
    ['LIBERAL', 'Profession libérale'],
    ['CHEFENT', 'Chef d’entreprise'],
    ['RETRAITE', 'Retraité'],
    ['AUTRE', 'Autre'],
  ),
  originChannels: list(
    ['CGP', 'Conseiller en gestion de patrimoine'],
    ['RECO', 'Recommandation'],
    ['WEB', 'Site internet'],
  ),
  saleChannels: list(['PRESC', 'Prescripteur'], ['DIRECT', 'Vente directe']),
  purchaseKinds: list(
    ['RP', 'Résidence principale'],
    ['RS', 'Résidence secondaire'],
    ['INV', 'Investissement locatif'],
  ),
};

/** The portal's provisioning file for the demo. `demo.provisioning.json` is this, written down; a test compares them. */
export function demoProvisioning(): Record<string, unknown> {
  const person = (email: string, name: string): Record<string, string> => ({
    email,
    name,
    password: PASSWORD,
  });
  const promoter = (
    slug: string,
    name: string,
    staff: Record<string, string>[],
  ): Record<string, unknown> => ({
    slug,
    name,
    koban: {
      url: 'http://127.0.0.1:4001/api/v1',
      apiKey: `sandbox-${slug}-api`,
      userKey: `sandbox-${slug}-user`,
    },
    webhook: demoWebhooks[slug],
    settings: {
      optionHours: 72,
      optionHoursMax: 168,
      kobanOptionsMax: 50,
      lists: demoLists,
      fields: fieldSpecs.map(({ key, label, type, on }) => ({
        fieldId: fieldId(slug, on, key),
        key,
        label,
        type,
        on,
      })),
    },
    staff,
  });
  return {
    operators: [person('exploitation@parvis.exemple', 'Sacha Werner')],
    promoters: [
      promoter('valmont', 'Groupe Valmont', [
        person('antoine.delmas@valmont.exemple', 'Antoine Delmas'),
        person('nadia.ferrand@valmont.exemple', 'Nadia Ferrand'),
      ]),
      promoter('littoral', 'Rives & Littoral', [person('yann.kermarec@littoral.exemple', 'Yann Kermarec')]),
    ],
    cabinets: [
      {
        name: 'Ormeau Patrimoine',
        siren: '812345676',
        orias: '15004321',
        partners: [
          { ...person('helene.ormeau@ormeau.exemple', 'Hélène Ormeau'), role: 'manager' },
          { ...person('claire.lambert@ormeau.exemple', 'Claire Lambert'), role: 'adviser' },
          { ...person('malik.benoit@ormeau.exemple', 'Malik Benoît'), role: 'adviser' },
        ],
        conventions: ['valmont', 'littoral'].map((slug) => ({
          promoter: slug,
          programmes: 'all',
          kobanGuid: cabinetGuid(slug, 'CGP-ORMEAU'),
          maxOptions: 10,
        })),
      },
      {
        name: 'Cabinet Lemoine & Associés',
        siren: '790123459',
        orias: '12009876',
        partners: [
          { ...person('bruno.lemoine@lemoine.exemple', 'Bruno Lemoine'), role: 'manager' },
          { ...person('sarah.nguyen@lemoine.exemple', 'Sarah Nguyen'), role: 'adviser' },
        ],
        conventions: [
          {
            promoter: 'valmont',
            programmes: ['TDC', 'CLU', 'ADM', 'JDC'],
            kobanGuid: cabinetGuid('valmont', 'CGP-LEMOINE'),
            maxOptions: 5,
          },
        ],
      },
      {
        name: 'Atlantique Conseil',
        siren: '834567893',
        orias: '18001234',
        partners: [{ ...person('jeanne.morin@atlantique.exemple', 'Jeanne Morin'), role: 'adviser' }],
        conventions: [],
      },
    ],
  };
}
