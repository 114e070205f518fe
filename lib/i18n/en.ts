import type { fr } from '@/lib/i18n/fr';
import common from '@/messages/en/common.json';
import errors from '@/messages/en/errors.json';
import layout from '@/messages/en/layout.json';

/** Every English message; the compiler refuses a key that French has and English lacks. */
export const en: typeof fr = { common, errors, layout };
