import { figure } from './harness/figure';
import { inWords, load, rates } from './harness/load';
import { benchPortal } from './harness/portal';
import { rounds } from './harness/rounds';
import { ratios } from './harness/statistics';

/** The first programme of the sandbox's stock: 300 lots. */
export const PROGRAMME = '/programmes/valmont/STK001';

/** The page of a programme of 300 lots, against an empty dynamic page of the same server. */
export async function programmePage() {
  const { url, ...asked } = await benchPortal(20_000);
  const { page, floor } = await rounds(
    {
      page: () => load({ ...asked, url: `${url}${PROGRAMME}` }),
      floor: () => load({ ...asked, url: `${url}/floor` }),
    },
    6,
  );
  return [
    figure(ratios(rates(page), rates(floor)), {
      name: 'a',
      what: 'programme page of 300 lots, requests/s over those of an empty dynamic page',
      bar: { atLeast: 0.5 },
      from: `${inWords(page)} against ${inWords(floor)}`,
    }),
  ];
}
