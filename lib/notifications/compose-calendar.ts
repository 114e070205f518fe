import ical, { ICalAlarmType } from 'ical-generator';
import { createTranslator } from 'next-intl';
import { en } from '@/lib/i18n/en';
import { fr } from '@/lib/i18n/fr';
import { type Locale, timeZone } from '@/lib/i18n/locale';

/** A date worth a place in a diary. `known`: when it became what it is, so that the same feed reads the same twice. */
export type CalendarDate = {
  kind: 'optionEnds' | 'preresv' | 'validated';
  id: string;
  at: Date;
  known: Date;
  /** Of an option, once Koban has shown it. */
  rank: number | null;
  reference: string;
  prospect: string;
  lot: string;
  programme: string;
  promoter: string;
};

const TWO_HOURS = 7_200;

/**
 * The calendar (RFC 5545) of these dates. Each keeps its UID while its instant moves, so that a prolonged option moves in the
 * diary. Instants are written in UTC, which the hour that autumn shows twice cannot blur; the calendar names Paris as its zone.
 */
export function composeCalendar(dates: readonly CalendarDate[], locale: Locale): string {
  const t = createTranslator({ locale, messages: { fr, en }[locale], namespace: 'notifications.calendar' });
  const calendar = ical({
    name: t('name'),
    prodId: { company: 'parvis', product: 'parvis', language: locale.toUpperCase() },
    ttl: 1_800,
    x: [{ key: 'X-WR-TIMEZONE', value: timeZone }],
  });
  for (const { kind, id, at, known, ...facts } of dates) {
    const { prospect, lot, programme, promoter, rank, reference } = facts;
    const event = calendar.createEvent({
      id: `${kind}-${id}@parvis`,
      start: at,
      stamp: known,
      summary: t(kind, { lot, prospect }),
      description:
        kind === 'optionEnds'
          ? t('about', { programme, promoter, rank: rank ?? 0 })
          : t('aboutFile', { programme, promoter, reference }),
    });
    if (kind === 'optionEnds') event.createAlarm({ type: ICalAlarmType.display, triggerBefore: TWO_HOURS });
  }
  return calendar.toString();
}
