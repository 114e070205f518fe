import accounts from '@/messages/fr/accounts.json';
import acts from '@/messages/fr/acts.json';
import admin from '@/messages/fr/admin.json';
import common from '@/messages/fr/common.json';
import dashboard from '@/messages/fr/dashboard.json';
import denonciations from '@/messages/fr/denonciations.json';
import errors from '@/messages/fr/errors.json';
import layout from '@/messages/fr/layout.json';
import mail from '@/messages/fr/mail.json';
import notifications from '@/messages/fr/notifications.json';
import operator from '@/messages/fr/operator.json';
import options from '@/messages/fr/options.json';
import reservations from '@/messages/fr/reservations.json';
import stock from '@/messages/fr/stock.json';

/** Every French message by namespace: one JSON file, one line here and one in en.ts. Their shape types the keys. */
export const fr = {
  accounts,
  acts,
  admin,
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
