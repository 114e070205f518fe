/** Starts the jobs in the server's process, unless a worker of its own runs them. Next calls it when a server starts, never in a build. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { startServerJobs } = await import('@/lib/jobs/start');
    await startServerJobs();
  }
}
