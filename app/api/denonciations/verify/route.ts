import { answerVerification } from '@/lib/denonciations/loaders';

/** Whether the check code of a receipt is genuine (`?code=`). Open to all: a receipt is shown to third parties. */
export const GET = (request: Request): Promise<Response> => answerVerification(request);
