import { resolve } from 'node:path';
import { z } from 'zod';

const blankAsAbsent = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsAbsent, schema.optional());

const settings = z
  .object({
    NODE_ENV: z.preprocess(
      blankAsAbsent,
      z.enum(['development', 'test', 'production']).default('development'),
    ),
    PORT: z.preprocess(blankAsAbsent, z.coerce.number().int().min(1).max(65535).default(3000)),
    DATABASE_URL: optional(z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')),
    DATA_DIR: z.preprocess(blankAsAbsent, z.string().default('.data')),
    // A PostgreSQL server on which tests make and drop their own databases.
    TEST_DATABASE_URL: optional(z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')),
    SEED_FILE: optional(z.string()),
    KOBAN_URL: optional(z.url({ protocol: /^https?$/ })),
    KOBAN_API_KEY: optional(z.string()),
    KOBAN_USER_KEY: optional(z.string()),
    KOBAN_WEBHOOK_SECRET: optional(z.string().min(16, 'must have at least 16 characters')),
    NEXTAUTH_URL: z.preprocess(
      blankAsAbsent,
      z.url({ protocol: /^https?$/ }).default('http://localhost:3000'),
    ),
    NEXTAUTH_SECRET: optional(z.string().min(32, 'must have at least 32 characters')),
    // 32 bytes in base64: the AES-256 key that seals Koban's keys at rest.
    APP_ENCRYPTION_KEY: optional(
      z.string().refine((key) => Buffer.from(key, 'base64').length === 32, 'must be 32 bytes in base64'),
    ),
    // How many proxies of ours stand between visitors and the portal, each adding to X-Forwarded-For.
    TRUSTED_PROXIES: z.preprocess(blankAsAbsent, z.coerce.number().int().min(0).max(10).default(0)),
    SMTP_URL: optional(z.url({ protocol: /^smtps?$/ })),
    MAIL_FROM: z.preprocess(blankAsAbsent, z.string().default('Parvis <parvis@localhost>')),
    WORKER: z.preprocess(blankAsAbsent, z.enum(['on', 'off']).default('on')),
    LOG_LEVEL: z.preprocess(
      blankAsAbsent,
      z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    ),
    // How often the mirror asks Koban for changes, in seconds. Thirty unless a test or a bench says otherwise.
    SYNC_SECONDS: z.preprocess(blankAsAbsent, z.coerce.number().min(0.2).default(30)),
  })
  .superRefine((value, ctx) => {
    if (!value.KOBAN_URL || value.SEED_FILE) return;
    for (const key of ['KOBAN_API_KEY', 'KOBAN_USER_KEY'] as const) {
      if (!value[key])
        ctx.addIssue({ code: 'custom', path: [key], message: 'is needed when KOBAN_URL is set' });
    }
  });

/** Every setting of the deployment, validated. Units: SYNC_SECONDS in seconds. */
export type Env = z.infer<typeof settings> & { dataDir: string };

let cached: Env | undefined;

/**
 * The deployment's settings: the only place that reads `process.env`.
 * @throws Error with one line per faulty setting, naming the setting but never its value.
 */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** Parses any environment; `env()` does it once for this process. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const parsed = settings.safeParse(source);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`);
    throw new Error(`Settings are not usable:\n${lines.join('\n')}`);
  }
  return { ...parsed.data, dataDir: resolve(parsed.data.DATA_DIR) };
}

/** A secret that must be there; the demo's start script makes it, a real deployment sets it. */
export function requiredSecret(name: 'NEXTAUTH_SECRET' | 'APP_ENCRYPTION_KEY'): string {
  const value = env()[name];
  if (!value) throw new Error(`${name} is not set: see .env.example`);
  return value;
}
