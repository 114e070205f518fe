import { answerJournal } from '@/lib/admin/loaders';

export const GET = (request: Request): Promise<Response> => answerJournal(request);
