import { faultFacts, log } from '@/lib/core/log';
import { within } from '@/lib/core/within';
import { webhookEvents } from '@/lib/db/schema/webhooks';
import { accepted, optionAnswer, type Refusal, refused } from './answers';
import { checkOption } from './check-option';
import { keepEvent } from './keep-event';
import { knowCaller } from './know-caller';
import { takeCall } from './limit-calls';
import { wakeProcessing } from './process-events';
import { readBody, readQuery } from './read-body';

/** Where a call came: the promoter's token and the event, as in the address. */
export type Door = { token: string; event: string };

const isKept = (event: string): event is (typeof webhookEvents)[number] =>
  webhookEvents.some((each) => each === event);

/** Koban's salesman waits at his screen: whatever keeps the answer by then, it is no. */
const DEADLINE_MS = 250;

/**
 * Answers one call of Koban's (docs/koban.md, « Webhooks »). A call is known by its token and secret before anything else is
 * read of it; then it is kept whole, answered, and worked upon afterwards.
 */
export async function answerKoban(request: Request, door: Door): Promise<Response> {
  const answering = answer(request, door);
  if (door.event !== 'option-check') return answering;
  return (await within(DEADLINE_MS, answering)) ?? optionAnswer({ status: false });
}

async function answer(request: Request, { token, event }: Door): Promise<Response> {
  const checking = event === 'option-check';
  const refuse = (code: Refusal) => (checking ? optionAnswer({ status: false }, code) : refused(code));
  try {
    const actor = await knowCaller(token, secretOf(request));
    if (!actor) return refuse('unauthorised');
    if (!takeCall(actor.promoter)) return refuse('too-many-calls');
    if (checking) {
      if (request.method !== 'GET') return refuse('wrong-method');
      const extcode = readQuery(request.url)?.extcode;
      return extcode ? optionAnswer(await checkOption(actor, extcode)) : refuse('unreadable');
    }
    if (!isKept(event)) return refuse('unknown-event');
    if (request.method !== 'POST') return refuse('wrong-method');
    if (!readQuery(request.url)) return refuse('repeated-field');
    const body = await readBody(request);
    if ('refusal' in body) return refuse(body.refusal);
    await keepEvent(actor, event, body.fields);
    wakeProcessing(actor.promoter);
    return accepted();
  } catch (fault) {
    // Never the address: it may carry the secret.
    log().error({ webhook: event, ...faultFacts(fault) }, 'a call of Koban was not kept');
    return refuse('unavailable');
  }
}

/** The secret in the header, else in the address; null when it comes in neither, or twice. */
function secretOf(request: Request): string | null {
  return request.headers.get('x-parvis-secret') ?? readQuery(request.url)?.secret ?? null;
}
