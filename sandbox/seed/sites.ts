import type { FacadeStyle } from '../core/sheets';
import { palettes } from './palettes';

/** One programme of the demo, before its lots are made. */
export type Site = {
  account: string;
  code: string;
  label: string;
  regroup: string;
  address: string;
  zip: string;
  city: string;
  latitude: number;
  longitude: number;
  delivery: string;
  zone: string;
  /** Percent, before tax. */
  honoraires: number;
  description: string;
  /** Euros per square metre, tax included. */
  pricePerMetre: number;
  parkingPrice: number;
  /** Number of floors above the ground floor. */
  floors: number;
  stairs: number;
  /** Rooms of the dwellings of one landing, from left to right. */
  landing: number[];
  /** Rooms on the top floor, when it is set back. */
  top: number[] | null;
  /** Share of the lots that are already sold or nearly. */
  sold: number;
  /** Share of the dwellings that have a parking space as a secondary lot. */
  parking: number;
  numericExtcodes?: number;
  statusAsText?: boolean;
  partnerShare: number;
  style: FacadeStyle;
};

type Place = [address: string, zip: string, city: string, latitude: number, longitude: number];
type Shape = [floors: number, stairs: number, landing: number[], top: number[] | null];
type Market = [
  pricePerMetre: number,
  parkingPrice: number,
  sold: number,
  parking: number,
  partnerShare: number,
];

function site(
  [account, code, label, regroup]: [string, string, string, string],
  [address, zip, city, latitude, longitude]: Place,
  [delivery, zone, honoraires]: [string, string, number],
  [floors, stairs, landing, top]: Shape,
  [pricePerMetre, parkingPrice, sold, parking, partnerShare]: Market,
  style: FacadeStyle,
  description: string,
  more: Pick<Site, 'numericExtcodes' | 'statusAsText'> = {},
): Site {
  return {
    ...{ account, code, label, regroup, address, zip, city, latitude, longitude, delivery, zone, honoraires },
    ...{
      floors,
      stairs,
      landing,
      top,
      pricePerMetre,
      parkingPrice,
      sold,
      parking,
      partnerShare,
      style,
      description,
    },
    ...more,
  };
}

/** The demo's fourteen programmes. Streets and coordinates are true places; the buildings are invented. */
export const sites: readonly Site[] = [
  site(
    ['valmont', 'TDC', 'Les Terrasses du Canal', 'Ouest'],
    ['12 quai de Versailles', '44000', 'Nantes', 47.2256, -1.5537],
    ['T3 2028', 'A', 6.5],
    [7, 1, [2, 4, 3, 2, 4, 3], [4, 3, 3, 4]],
    [4750, 22_000, 0.36, 0.45, 0.06],
    palettes.canal,
    'Au bord de l’Erdre, à dix minutes à pied du cœur de Nantes, quarante-six appartements du deux au quatre pièces ouvrent sur l’eau par de larges terrasses. Tramway à 250 mètres.',
  ),
  site(
    ['valmont', 'CDT', 'Le Clos des Tanneurs', 'Est'],
    ['8 rue du Bain-aux-Plantes', '67000', 'Strasbourg', 48.5816, 7.7405],
    ['T1 2028', 'A', 6],
    [3, 1, [2, 3, 3, 2], null],
    [5100, 26_000, 0.55, 0.5, 0],
    palettes.tanneurs,
    'Seize logements intimistes autour d’une cour plantée, à deux pas de la Petite France. Toitures à deux pans, volets de bois et jardins privatifs au rez-de-chaussée.',
  ),
  site(
    ['valmont', 'CLU', 'Cour Lumière', 'Rhône-Alpes'],
    ['41 rue de Marseille', '69007', 'Lyon', 45.7503, 4.8417],
    ['T4 2027', 'A bis', 5.5],
    [5, 1, [1, 2, 3], [4, 4]],
    [6250, 32_000, 0.7, 0.4, 0.08],
    palettes.lumiere,
    'Entre Guillotière et Jean-Macé, une adresse contemporaine à la façade claire, rythmée de balcons filants. Métro B et gare à cinq minutes.',
    { statusAsText: true },
  ),
  site(
    ['valmont', 'ASM', 'L’Atelier Saint-Michel', 'Sud-Ouest'],
    ['27 rue des Faures', '33800', 'Bordeaux', 44.8337, -0.5656],
    ['T2 2028', 'A', 6],
    [3, 1, [2, 3, 2, 1], [3, 4]],
    [5400, 28_000, 0.3, 0.45, 0],
    palettes.saintMichel,
    'Pierre blonde et toits d’ardoise dans un quartier d’artisans en plein renouveau. Quatorze appartements traversants, cour intérieure et local à vélos.',
  ),
  site(
    ['valmont', 'ADM', 'Les Allées de Montaudran', 'Sud-Ouest'],
    ['3 avenue de l’Aérodrome-de-Montaudran', '31400', 'Toulouse', 43.5697, 1.4826],
    ['T4 2028', 'A', 7],
    [9, 5, [2, 3, 1, 2, 4, 3], null],
    [4450, 18_000, 0.42, 0.1, 0.05],
    palettes.allees,
    'Trois cents logements le long de l’ancienne piste de l’Aéropostale : cinq cages d’escalier, un parc central d’un hectare, crèche et commerces en pied d’immeuble. Téléphérique et Linéo à proximité.',
  ),
  site(
    ['valmont', 'VCL', 'Villa Clémence', 'Ouest'],
    ['19 boulevard de Sévigné', '35000', 'Rennes', 48.1178, -1.6716],
    ['T1 2029', 'A', 6.5],
    [3, 1, [3, 2, 3, 4], [4, 4]],
    [5050, 24_000, 0.1, 0.5, 0],
    palettes.clemence,
    'À la lisière du Thabor, une résidence de quatorze lots aux lignes sobres, coiffée de zinc. Prestations soignées et grands celliers.',
  ),
  site(
    ['valmont', 'JDC', 'Le Jardin des Carmes', 'Centre'],
    ['5 place des Carmes-Déchaux', '63000', 'Clermont-Ferrand', 45.7836, 3.0934],
    ['T3 2027', 'B1', 7],
    [4, 1, [2, 3, 2], null],
    [3650, 15_000, 0.6, 0.5, 0],
    palettes.carmes,
    'Pierre de Volvic et bois clair pour cette résidence de quinze appartements, face aux Puys. Rendement locatif soutenu par le bassin d’emploi.',
  ),
  site(
    ['valmont', 'DSB', 'Demeure Saint-Bénigne', 'Est'],
    ['14 rue Mariotte', '21000', 'Dijon', 47.3219, 5.0343],
    ['T2 2029', 'B1', 6.5],
    [3, 1, [2, 2, 3, 3], null],
    [3950, 16_000, 0.05, 0.5, 0.12],
    palettes.benigne,
    'À l’ombre de la cathédrale, seize logements dans un écrin de pierre de Bourgogne. Tramway et gare TGV à six minutes à pied.',
  ),
  site(
    ['littoral', 'LVB', 'Les Voiles Blanches', 'Atlantique'],
    ['22 avenue Michel-Crépeau', '17000', 'La Rochelle', 46.1468, -1.1627],
    ['T2 2028', 'B1', 6],
    [4, 1, [2, 3, 4, 2], [4, 3]],
    [5850, 25_000, 0.4, 0.5, 0.06],
    palettes.voiles,
    'À quelques encablures du port des Minimes, des volumes blancs tournés vers le large. Balcons filants et stores de toile.',
    { numericExtcodes: 410_000 },
  ),
  site(
    ['littoral', 'RMA', 'Rivage Malouin', 'Manche'],
    ['6 chaussée du Sillon', '35400', 'Saint-Malo', 48.6549, -2.0101],
    ['T3 2028', 'B1', 6],
    [4, 1, [2, 3, 3], [4]],
    [6900, 30_000, 0.65, 0.45, 0],
    palettes.malo,
    'Face à la plage du Sillon, treize appartements de granit et de verre. Les derniers étages voient le Grand Bé.',
  ),
  site(
    ['littoral', 'BEL', 'Le Belvédère d’Ilbarritz', 'Pays basque'],
    ['11 avenue Beau-Rivage', '64200', 'Biarritz', 43.4697, -1.5706],
    ['T4 2027', 'A', 5],
    [3, 1, [3, 2, 3, 4], null],
    [8900, 38_000, 0.75, 0.5, 0],
    palettes.belvedere,
    'Un néo-basque contemporain : murs blancs, boiseries rouges, toits de tuile. Seize lots rares à 400 mètres de l’océan.',
    { statusAsText: true },
  ),
  site(
    ['littoral', 'CCO', 'Cap Corniche', 'Méditerranée'],
    ['154 avenue de Montredon', '13008', 'Marseille', 43.2386, 5.3636],
    ['T1 2029', 'A', 6],
    [5, 1, [2, 3, 2, 3], [4, 4]],
    [6100, 30_000, 0.25, 0.5, 0.05],
    palettes.corniche,
    'Au pied des calanques, des loggias profondes ouvertes au couchant. Piscine sur le toit et pins parasols conservés.',
  ),
  site(
    ['littoral', 'JAR', 'Les Jardins du Moulleau', 'Atlantique'],
    ['33 avenue Notre-Dame-des-Passes', '33120', 'Arcachon', 44.6437, -1.1999],
    ['T2 2029', 'A', 5.5],
    [2, 2, [3, 2, 4], null],
    [7600, 28_000, 0.15, 0.5, 0],
    palettes.arcachon,
    'Deux villas collectives de neuf logements sous les pins, bardage de bois et terrasses sur le jardin. Jetée du Moulleau à cinq minutes.',
  ),
  site(
    ['littoral', 'ESC', 'L’Escale Royale', 'Méditerranée'],
    ['9 quai du Maroc', '34200', 'Sète', 43.3986, 3.6963],
    ['T3 2029', 'A', 6.5],
    [5, 1, [1, 2, 3], [3, 3]],
    [4900, 21_000, 0.3, 0.45, 0.08],
    palettes.escale,
    'Sur les quais de l’île singulière, dix-sept appartements aux reflets d’eau. Terrasses filantes et vue sur le mont Saint-Clair.',
  ),
];
