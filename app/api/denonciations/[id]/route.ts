import { answerLive } from '@/lib/denonciations/loaders';

type Context = { params: Promise<{ id: string }> };

/** What changes of a dénonciation, for the page that shows its steps. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answerLive(request, (await params).id);
}
