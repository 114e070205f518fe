import type { FacadeStyle } from '../core/sheets';

const daylight: [string, string] = ['#cfe3ee', '#f4efe4'];
const evening: [string, string] = ['#cdc6dd', '#f8e4d0'];
const coast: [string, string] = ['#a9d3e6', '#eef5f3'];
const mist: [string, string] = ['#d5dde2', '#f3f1ec'];

/** The drawn façades' materials, one per programme. */
export const palettes = {
  canal: style(daylight, '#efe6d6', '#d9c7a8', '#b9a487', 'attic', 'bars', 'water'),
  tanneurs: style(evening, '#e9d3bd', '#c98b6b', '#9d6d55', 'gable', 'bars', 'garden'),
  lumiere: style(mist, '#f2efe9', '#c7ccd1', '#8d949c', 'attic', 'filant', 'street'),
  saintMichel: style(daylight, '#f0e3c8', '#e2cfa6', '#c4ab7c', 'mansard', 'bars', 'street'),
  allees: style(coast, '#f4efe7', '#d08a6d', '#a9aeb3', 'attic', 'loggia', 'garden'),
  clemence: style(mist, '#e7e3db', '#9fa9a3', '#6f7b77', 'mansard', 'glass', 'garden'),
  carmes: style(evening, '#dcd8d2', '#5d6067', '#484b51', 'gable', 'glass', 'garden'),
  benigne: style(daylight, '#eee2cb', '#cdb68c', '#a68f68', 'mansard', 'bars', 'street'),
  voiles: style(coast, '#fbfaf6', '#e3e9ea', '#c9c3b4', 'flat', 'filant', 'sea'),
  malo: style(mist, '#d9d5cc', '#a8a59c', '#7d7b74', 'mansard', 'glass', 'sea'),
  belvedere: style(coast, '#fbf7f0', '#b0473c', '#d8cfc0', 'gable', 'bars', 'sea'),
  corniche: style(daylight, '#f7f1e5', '#e2b98c', '#cfa984', 'flat', 'loggia', 'sea'),
  arcachon: style(coast, '#f5efe2', '#b98e62', '#8c6a48', 'gable', 'glass', 'garden'),
  escale: style(evening, '#f8f3ea', '#93b7bd', '#c8b79d', 'attic', 'filant', 'water'),
} satisfies Record<string, FacadeStyle>;

function style(
  sky: [string, string],
  wall: string,
  wallAlt: string,
  base: string,
  roof: FacadeStyle['roof'],
  balcony: FacadeStyle['balcony'],
  ground: FacadeStyle['ground'],
): FacadeStyle {
  return {
    sky,
    wall,
    wallAlt,
    base,
    roof,
    balcony,
    ground,
    frame: '#4a4f55',
    glass: '#9db9c6',
    metal: '#3d434a',
    green: '#7d9a6b',
  };
}
