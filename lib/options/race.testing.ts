// Run by prospect-limit.test.ts in a process of its own: for each line that it is told, options asked for all at once.
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { enter, partnerFor, whoSchema } from '@/lib/denonciations/enter.testing';
import { placeOption } from './place-option';
import { placeOptionSchema } from './schema';

const actsSchema = z.array(z.object({ who: whoSchema, form: placeOptionSchema }));

const tell = (what: unknown) => process.stdout.write(`told ${JSON.stringify(what)}\n`);

await enter(z.object({}));
tell('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const placed = await Promise.all(
    actsSchema.parse(JSON.parse(line)).map(({ who, form }) => placeOption(partnerFor(who), form)),
  );
  tell(placed.map(({ placing }) => placing));
}
