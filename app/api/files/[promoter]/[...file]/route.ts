import { fileAnswer } from '@/lib/stock/loaders';

export async function GET(request: Request, context: RouteContext<'/api/files/[promoter]/[...file]'>) {
  const { promoter, file } = await context.params;
  return fileAnswer(request, promoter, file);
}
