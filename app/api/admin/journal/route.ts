import { answerJournal } from '@/lib/admin/loaders';

export const POST = (request: Request): Promise<Response> => answerJournal(request);
