// Run by kill.test.ts in a process of its own, which is killed while it works on a call of Koban's.
import { z } from 'zod';
import { openPglite, openPostgres, setDatabase } from '@/lib/db/client';
import { answerKoban } from './answer-koban';
import { forgetDoors } from './know-caller';

const { place, token, event, body, secret } = z
  .object({
    place: z.union([z.object({ folder: z.string() }), z.object({ url: z.string() })]),
    token: z.string(),
    event: z.string(),
    body: z.string(),
    secret: z.string(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));
setDatabase('url' in place ? openPostgres(place.url) : await openPglite(place.folder));
forgetDoors();
const headers = { 'x-parvis-secret': secret, 'content-type': 'application/x-www-form-urlencoded' };
const request = new Request('http://portal.test/', { method: 'POST', headers, body });
const answer = await answerKoban(request, { token, event });
process.stdout.write(`answered ${answer.status}\n`);
// What works on the call in this process ends with it.
setInterval(() => {}, 1_000);
