/**
 * Marks requests with their visitor's address, answers the live stream, and starts the jobs in the server's process, unless a
 * worker of its own runs them. Next calls it when a server starts, never in a build.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { markAddresses } = await import('@/lib/auth/visitor-address');
    markAddresses();
    const { serveStreams } = await import('@/lib/live/serve-streams');
    serveStreams();
    const { startServerJobs } = await import('@/lib/jobs/start');
    await startServerJobs();
  }
}
