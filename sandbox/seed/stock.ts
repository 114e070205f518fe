import { type Site, sites } from './sites';

const LOTS_PER_PROGRAMME = 300;

/** Sites of 300 dwellings and no annexes, enough for n lots: the big building of the demo, again and again. */
export function stockSites(account: string, n: number): Site[] {
  const model = sites.find(({ code }) => code === 'ADM');
  if (!model) return [];
  return Array.from({ length: Math.ceil(n / LOTS_PER_PROGRAMME) }, (_, index) => {
    const code = `STK${String(index + 1).padStart(3, '0')}`;
    const near = sites[index % sites.length] ?? model;
    return {
      ...model,
      ...{
        account,
        code,
        label: `Programme ${index + 1}`,
        city: near.city,
        zip: near.zip,
        address: near.address,
      },
      ...{ latitude: near.latitude, longitude: near.longitude, pricePerMetre: near.pricePerMetre },
      landing: [2, 3, 1, 2, 4, 3],
      parking: 0,
    };
  });
}
