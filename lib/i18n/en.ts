import type { fr } from '@/lib/i18n/fr';
import accounts from '@/messages/en/accounts.json';
import acts from '@/messages/en/acts.json';
import admin from '@/messages/en/admin.json';
import common from '@/messages/en/common.json';
import dashboard from '@/messages/en/dashboard.json';
import denonciations from '@/messages/en/denonciations.json';
import errors from '@/messages/en/errors.json';
import layout from '@/messages/en/layout.json';
import mail from '@/messages/en/mail.json';
import notifications from '@/messages/en/notifications.json';
import operator from '@/messages/en/operator.json';
import options from '@/messages/en/options.json';
import reservations from '@/messages/en/reservations.json';
import stock from '@/messages/en/stock.json';

/** Every English message; the compiler refuses a key that French has and English lacks. */
export const en: typeof fr = {
  accounts,
  admin,
  acts,
  common,
  dashboard,
  denonciations,
  errors,
  layout,
  mail,
  notifications,
  operator,
  options,
  reservations,
  stock,
};
