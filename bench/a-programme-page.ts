import { figure } from './harness/figure';
import { answersPerSecond } from './harness/load';
import { benchPortal } from './harness/portal';
import { rounds } from './harness/rounds';
import { median, ratios } from './harness/statistics';

/** The first programme of the sandbox's stock: 300 lots. */
export const PROGRAMME = '/programmes/valmont/STK001';

/** The page of a programme of 300 lots, against an empty dynamic page of the same server. */
export async function programmePage() {
  const { url, headers } = await benchPortal(20_000);
  const { page, floor } = await rounds(
    {
      page: () => answersPerSecond({ url: `${url}${PROGRAMME}`, headers }),
      floor: () => answersPerSecond({ url: `${url}/floor`, headers }),
    },
    6,
  );
  return [
    figure(ratios(page, floor), {
      name: 'a',
      what: 'programme page of 300 lots, requests/s over those of an empty dynamic page',
      bar: { atLeast: 0.5 },
      from: `${median(page).toFixed(0)} against ${median(floor).toFixed(0)} requests/s`,
    }),
  ];
}
