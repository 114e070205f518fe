import { answerKoban } from '@/lib/webhooks/answer-koban';

type Context = { params: Promise<{ token: string; event: string }> };

/** Koban's own calls: whether an option may be placed (GET), and what happened (POST). */
async function answer(request: Request, { params }: Context): Promise<Response> {
  return answerKoban(request, await params);
}

export const GET = answer;
export const POST = answer;
