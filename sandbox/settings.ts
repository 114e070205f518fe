import { z } from 'zod';
import type { SeedName } from './seed/seed';

const settingsSchema = z.object({
  port: z.coerce.number().int().min(0).max(65535).default(4001),
  seed: z
    .string()
    .regex(/^(demo|empty|stock:\d+)$/, 'demo, empty or stock:<n>')
    .default('demo'),
  'webhook-url': z.url().optional(),
  'public-url': z.url().optional(),
  memory: z.string().optional(),
});

export type Settings = {
  port: number;
  seed: SeedName;
  webhookOrigin?: string;
  publicUrl?: string;
  memoryFile?: string;
};

/**
 * Settings by flag (`--port=4001`) or environment (`SANDBOX_PORT`), flags first: `SANDBOX_PORT`, `SANDBOX_SEED`,
 * `SANDBOX_WEBHOOK_URL` (the portal's origin), `SANDBOX_PUBLIC_URL`,
 * `SANDBOX_MEMORY` (a file that keeps the accounts from one start to the next).
 */
export function readSettings(env: Record<string, string | undefined>, flags: string[]): Settings {
  const given: Record<string, string> = {};
  for (const name of Object.keys(settingsSchema.shape)) {
    const flag = flags.find((candidate) => candidate.startsWith(`--${name}=`))?.slice(name.length + 3);
    const value = flag ?? env[`SANDBOX_${name.toUpperCase().replaceAll('-', '_')}`];
    if (value !== undefined && value !== '') given[name] = value;
  }
  const settings = settingsSchema.parse(given);
  return {
    port: settings.port,
    seed: settings.seed as SeedName,
    ...(settings['webhook-url'] === undefined ? {} : { webhookOrigin: settings['webhook-url'] }),
    ...(settings.memory === undefined ? {} : { memoryFile: settings.memory }),
    ...(settings['public-url'] === undefined ? {} : { publicUrl: settings['public-url'] }),
  };
}
