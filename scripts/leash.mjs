// Preloaded into every Node process that `processes.ts` starts (`node --import leash.mjs …`): when the command that started it is
// gone, however it ended, the kernel closes the channel between them and this process ends too.
if (process.env.PARVIS_LEASH) {
  // For this process only: its own children have channels of their own.
  delete process.env.PARVIS_LEASH;
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), 10_000);
  });
  process.channel?.unref();
}
