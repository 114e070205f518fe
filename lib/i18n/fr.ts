import common from '@/messages/fr/common.json';
import errors from '@/messages/fr/errors.json';
import layout from '@/messages/fr/layout.json';

/** Every French message by namespace: one JSON file, one line here and one in en.ts. Their shape types the keys. */
export const fr = { common, errors, layout };
