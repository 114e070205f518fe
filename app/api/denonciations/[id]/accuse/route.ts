import { answerReceipt } from '@/lib/denonciations/loaders';

type Context = { params: Promise<{ id: string }> };

/** The receipt of a dénonciation, as a PDF. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answerReceipt(request, (await params).id);
}
