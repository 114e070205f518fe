import { answerLive } from '@/lib/options/loaders';

type Context = { params: Promise<{ id: string }> };

/** What changes of an option, for the page that shows it. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answerLive(request, (await params).id);
}
