// Run by processes.test.ts: another process of the same deployment. It prints what its own stream is told, and changes a lot
// for each line that it is given.
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { asPromoterId } from '@/lib/core/mint';
import { openPostgres, setDatabase } from '@/lib/db/client';
import { changeLot, Stream } from './testing';

const { url, cookie, promoter } = z
  .object({ url: z.string(), cookie: z.string(), promoter: z.string() })
  .parse(JSON.parse(process.argv[2] ?? ''));
setDatabase(openPostgres(url));
const stream = await Stream.open(cookie);
console.log('open');
createInterface({ input: process.stdin }).on('line', (label) => {
  void changeLot(asPromoterId(promoter), 'P1-0', { label });
});
for (let told = 0; ; told += 1) console.log(JSON.stringify((await stream.next('stock', told)).data));
