export { serveAuth as GET, serveAuth as POST } from '@/lib/accounts/serve-auth';
