import { health } from '@/lib/boot/health';

export const dynamic = 'force-dynamic';

export const GET = (request: Request): Promise<Response> => health(request);
