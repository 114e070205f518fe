/** Starts the jobs in the server's process, unless a worker of its own runs them. Next calls it when a server starts, never in a build. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { env } = await import('@/lib/core/env');
  if (env().WORKER === 'off') return;
  const { startJobs } = await import('@/lib/jobs/start');
  const jobs = await startJobs();
  process.once('SIGTERM', () => void jobs.stop());
}
