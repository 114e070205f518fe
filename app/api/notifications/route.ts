import { answerBell } from '@/lib/notifications/loaders';

export const GET = answerBell;
