/** What the sandbox knows of a drawn dwelling; the wire carries only its MoreFields. */
export type LotSheet = {
  kind: 'logement' | 'parking' | 'cave' | 'cellier';
  typology: string;
  rooms: number;
  floor: number;
  stair: string;
  position: number;
  /** Square metres. */
  surface: number;
  balcony: number;
  terrace: number;
  garden: number;
  exposure: string;
};

/** What the sandbox knows of a drawn building. */
export type ProgrammeSheet = {
  address: string;
  zip: string;
  city: string;
  latitude: number;
  longitude: number;
  delivery: string;
  zone: string;
  honoraires: number;
  description: string;
  floors: number;
  stairs: number;
  perFloor: number;
  style: FacadeStyle;
};

export type FacadeStyle = {
  sky: [string, string];
  wall: string;
  wallAlt: string;
  base: string;
  frame: string;
  glass: string;
  metal: string;
  green: string;
  roof: 'flat' | 'attic' | 'gable' | 'mansard';
  balcony: 'glass' | 'bars' | 'loggia' | 'filant';
  ground: 'water' | 'garden' | 'street' | 'sea';
};
