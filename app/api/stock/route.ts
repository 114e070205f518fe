import { stockAnswer } from '@/lib/stock/loaders';

export const GET = stockAnswer;
