import { answerSummary } from '@/lib/reservations/loaders';

type Context = { params: Promise<{ id: string }> };

/** The summary of a reservation, as a PDF. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answerSummary(request, (await params).id);
}
