import { answerCalendar } from '@/lib/notifications/loaders';

type Context = { params: Promise<{ token: string }> };

/** A person's calendar, for whoever holds its private address. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return answerCalendar((await params).token);
}
