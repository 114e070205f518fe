import { z } from 'zod';
import { type Provisioning, provisioningSchema } from './provisioning-schema';

/** The file cannot be used; the message names each fault by its path, and quotes none of the file: it holds secrets. */
export class ProvisioningFault extends Error {}

const shownMax = 5;

/** Reads a provisioning file's text. @throws ProvisioningFault */
export function readProvisioning(text: string): Provisioning {
  const parsed = provisioningSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(
    (issue) => `${z.core.toDotPath(issue.path) || 'the file'}: ${plainly(issue)}`,
  );
  const more = lines.length > shownMax ? [`and ${lines.length - shownMax} more`] : [];
  throw new ProvisioningFault([...lines.slice(0, shownMax), ...more].join('; '));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (fault) {
    const place = /line \d+ column \d+/.exec(fault instanceof Error ? fault.message : '')?.[0];
    throw new ProvisioningFault(`it is not JSON${place ? ` (${place})` : ''}`);
  }
}

function plainly(issue: z.core.$ZodIssue): string {
  if (/received undefined$/.test(issue.message)) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map((value) => `"${String(value)}"`).join(', ')}`;
    default:
      return issue.message;
  }
}
