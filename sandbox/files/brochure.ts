import type { Account } from '../core/account';
import type { Lot, Programme } from '../core/model';
import type { ProgrammeSheet } from '../core/sheets';
import { PdfPage, pdfFile } from './pdf';
import { squareMetres } from './rooms';

type Subject = { account: Account; programme: Programme; sheet: ProgrammeSheet };

function euros(cents: number): string {
  return `${Math.round(cents / 100)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, '\u00a0')}\u00a0€`;
}

function cover({ account, programme, sheet }: Subject, kind: string): PdfPage {
  const page = new PdfPage()
    .rect(0, 0, 595, 300, sheet.style.sky[0])
    .rect(0, 262, 595, 38, sheet.style.green);
  const levels = sheet.floors + 1;
  const storey = Math.min(24, 170 / levels);
  const bays = Math.max(6, Math.min(14, sheet.perFloor * 2 * Math.min(2, sheet.stairs)));
  const bay = Math.min(34, 420 / bays);
  const left = (595 - bay * bays) / 2;
  page.rect(left, 270 - levels * storey, bay * bays, levels * storey, sheet.style.wall);
  page.rect(left - 4, 270 - levels * storey - 7, bay * bays + 8, 7, sheet.style.metal);
  for (let level = 0; level < levels; level++)
    for (let index = 0; index < bays; index++) {
      const y = 270 - (level + 1) * storey;
      if (index % 3 === 1) page.rect(left + index * bay, y, bay, storey, sheet.style.wallAlt);
      page.rect(
        left + index * bay + bay * 0.25,
        y + storey * 0.2,
        bay * 0.5,
        storey * 0.6,
        sheet.style.glass,
      );
    }
  for (let tree = 0; tree < 9; tree++)
    page.circle(30 + tree * 67, 262, 14 + (tree % 3) * 4, sheet.style.green);
  return page
    .text(48, 348, programme.label, 28, 'bold', '#1f3a5f')
    .text(48, 374, `${sheet.address}, ${sheet.zip} ${sheet.city}`, 13, 'regular', '#55606e')
    .text(
      48,
      810,
      `${account.name} · ${kind} · document de démonstration, sans valeur contractuelle`,
      8.5,
      'regular',
      '#6f7986',
    );
}

function principals({ account, programme }: Subject): Lot[] {
  return [...account.allLots()].filter(
    (lot) => lot.programme === programme.code && !lot.secondary && !lot.withdrawn,
  );
}

/** The sales brochure: place, figures, presentation, price from by typology. */
export function brochurePdf(subject: Subject): Uint8Array<ArrayBuffer> {
  const { programme, sheet } = subject;
  const page = cover(subject, 'Plaquette commerciale');
  const figures: [string, string][] = [
    ['Livraison', sheet.delivery],
    ['Zone', sheet.zone],
    ['Logements', String(principals(subject).length)],
    ['Étages', `R+${sheet.floors}`],
  ];
  figures.forEach(([name, value], index) => {
    page
      .text(48 + index * 130, 420, name, 9.5, 'regular', '#6f7986')
      .text(48 + index * 130, 440, value, 15, 'bold');
  });
  let y = page.line(48, 456, 499).paragraph(48, 482, 499, sheet.description) + 18;
  page.text(48, y, 'Prix à partir de', 12, 'bold');
  for (const typology of ['T1', 'T2', 'T3', 'T4', 'T5']) {
    const lots = principals(subject).filter(
      (lot) => lot.sheet?.typology === typology && lot.priceCents !== null,
    );
    if (lots.length === 0) continue;
    const prices = lots.map((lot) => lot.priceCents ?? 0);
    const areas = lots.map((lot) => lot.sheet?.surface ?? 0);
    y += 22;
    page
      .text(48, y, typology, 11, 'bold')
      .text(110, y, `${lots.length} logements`, 10.5)
      .text(230, y, `de ${squareMetres(Math.min(...areas))} à ${squareMetres(Math.max(...areas))}`, 10.5)
      .text(450, y, euros(Math.min(...prices)), 11, 'bold')
      .line(48, y + 7, 499);
  }
  return pdfFile(`${programme.label} – plaquette`, [page]);
}

/** The site plan: blocks, street, trees, north. */
export function sitePlanPdf(subject: Subject): Uint8Array<ArrayBuffer> {
  const { programme, sheet } = subject;
  const page = new PdfPage()
    .text(48, 64, programme.label, 22, 'bold', '#1f3a5f')
    .text(48, 86, `Plan de masse · ${sheet.address}, ${sheet.zip} ${sheet.city}`, 11, 'regular', '#55606e')
    .rect(48, 120, 499, 560, '#eef2e6')
    .rect(48, 600, 499, 48, '#cfd2d4')
    .text(220, 628, sheet.address, 11, 'regular', '#55606e');
  const width = Math.min(200, 420 / sheet.stairs);
  for (let stair = 0; stair < sheet.stairs; stair++) {
    const x = 297 - (width * sheet.stairs) / 2 + stair * width;
    page.rect(x + 4, 318, width - 8, 130, '#c9bfae').rect(x, 310, width - 8, 130, sheet.style.wall);
    page.text(
      x + 14,
      372,
      sheet.stairs > 1 ? `Escalier ${'ABCDEFGH'[stair] ?? ''}` : 'Bâtiment',
      10.5,
      'bold',
    );
    page.text(x + 14, 388, `R+${sheet.floors}`, 10, 'regular', '#55606e');
  }
  for (let tree = 0; tree < 22; tree++)
    page.circle(
      74 + ((tree * 89) % 450),
      150 + ((tree * 53) % 130) + (tree % 2) * 320,
      9 + (tree % 4) * 2,
      '#a9bd8c',
    );
  page.text(500, 150, 'N', 14, 'bold').rect(503, 156, 2, 26, '#1b2430');
  page.text(48, 710, 'Document de démonstration, sans valeur contractuelle.', 9, 'regular', '#6f7986');
  return pdfFile(`${programme.label} – plan de masse`, [page]);
}

const chapters: [string, string][] = [
  [
    'Gros œuvre',
    'Fondations selon étude de sol. Planchers et refends en béton armé, façades en béton bas carbone ou ossature bois, isolation thermique conforme à la réglementation RE2020.',
  ],
  [
    'Menuiseries',
    'Fenêtres en aluminium à rupture de pont thermique, double vitrage, volets roulants électriques dans les séjours et les chambres. Portes palières à serrure trois points.',
  ],
  [
    'Sols et murs',
    'Parquet stratifié dans les pièces de vie et les chambres, grès cérame 45 x 45 dans les pièces humides. Peinture lisse blanche, faïence toute hauteur autour des baignoires et des douches.',
  ],
  [
    'Équipements',
    'Chauffage et eau chaude par pompe à chaleur collective, robinets thermostatiques, visiophone, fibre optique. Meuble-vasque, miroir éclairant et sèche-serviettes dans les salles d’eau.',
  ],
  [
    'Parties communes',
    'Hall décoré par l’architecte, local à vélos sécurisé, boîtes à colis, jardins plantés d’essences locales, éclairage à détection de présence.',
  ],
];

/** The description of works, in short. */
export function noticePdf(subject: Subject): Uint8Array<ArrayBuffer> {
  const page = cover(subject, 'Notice descriptive');
  let y = 420;
  for (const [title, text] of chapters) {
    page.text(48, y, title, 12, 'bold');
    y = page.paragraph(48, y + 18, 499, text, 10) + 12;
  }
  return pdfFile(`${subject.programme.label} – notice descriptive`, [page]);
}
