import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authDoors } from '@/lib/accounts/auth-doors';
import { authOptions } from '@/lib/auth/options';

type Context = { params: Promise<{ nextauth: string[] }> };

const handle = (request: NextRequest, context: Context): Promise<Response> =>
  NextAuth(request, context, authOptions(authDoors));

export { handle as GET, handle as POST };
