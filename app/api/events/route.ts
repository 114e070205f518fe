import { openStream } from '@/lib/live/open-stream';

export const GET = openStream;
