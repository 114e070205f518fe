import { Document, Page, renderToBuffer, Text, View } from '@react-pdf/renderer';
import { createTranslator } from 'next-intl';
import type { Locale } from '@/lib/core/locale';
import { formatCents } from '@/lib/core/money';
import { paper } from '@/lib/core/paper';
import { formatDay, formatTime } from '@/lib/core/paris';
import { readableReference } from '@/lib/denonciations/rules';
import { type FileRow, fileRows } from '@/lib/dossiers/rules';
import { en } from '@/lib/i18n/en';
import { fr } from '@/lib/i18n/fr';
import { toldDeposit } from './rules';
import type { ReservationDetail } from './schema';

const messages = { fr, en };

/**
 * A reservation on paper: the lot, the buyer, the amounts, the file as it was filled, and how its state is known. What is not known is
 * said to be so.
 */
export async function renderSummary(
  reservation: ReservationDetail,
  locale: Locale,
  now: Date,
): Promise<Buffer> {
  const t = createTranslator({ locale, messages: messages[locale], namespace: 'reservations' });
  const acts = createTranslator({ locale, messages: messages[locale], namespace: 'acts' });
  const at = (instant: Date) => `${formatDay(instant, locale)}, ${formatTime(instant, locale)}`;
  const { programme, lot, prospect, contact, proof } = reservation;
  const deposit = toldDeposit(reservation);
  const facts: [string, string | null][] = [
    [t('facts.reference'), readableReference(reservation.reference)],
    [t('facts.promoter'), programme.promoterName],
    [t('facts.programme'), programme.label],
    [t('facts.lot'), lot.label],
    [t('facts.buyer'), `${prospect.firstName} ${prospect.lastName}\n${contact.email}\n${contact.phone}`],
    [t('facts.price'), formatCents(reservation.priceCents, locale)],
    [t('facts.deposit'), deposit === null ? null : formatCents(deposit, locale)],
    [t('facts.preresvAt'), reservation.preresvAt && at(reservation.preresvAt)],
    [t('facts.validatedAt'), reservation.validatedAt && at(reservation.validatedAt)],
    [t('facts.withdrawnAt'), reservation.withdrawnAt && at(reservation.withdrawnAt)],
    [t('facts.reason'), reservation.state === 'withdrawn' ? reservation.withdrawReason : null],
    [t('facts.proof'), proof && acts(`proof.${proof}`)],
    [t('facts.cabinet'), `${reservation.cabinetName}, ${reservation.filedBy}`],
  ];
  const value = (row: FileRow): string => {
    switch (row.kind) {
      case 'text':
        return row.value;
      case 'gender':
        return t(`form.${row.value}`);
      case 'yes-no':
        return t(row.value ? 'form.yes' : 'form.no');
      case 'money':
        return formatCents(row.cents, locale);
      case 'day':
        return formatDay(row.day, locale);
      case 'rate':
        return t('form.rate', { rate: row.value.replace('.', locale === 'fr' ? ',' : '.') });
    }
  };
  const title = `${t('summary.title')} ${readableReference(reservation.reference)}`;
  return renderToBuffer(
    <Document title={title} author={programme.promoterName} language={locale} creationDate={now}>
      <Page size="A4" style={paper.page}>
        <Text style={paper.issuer}>{programme.promoterName}</Text>
        <Text style={paper.title}>{t('summary.title')}</Text>
        <Text style={paper.state}>{t(`state.${reservation.state}`)}</Text>
        {facts.map(([name, text]) => (text ? <Row key={name} name={name} text={text} /> : null))}
        {fileRows(reservation.file, reservation.lists).map(({ step, rows }) =>
          rows.length === 0 ? null : (
            <View key={step}>
              <Text style={paper.section} minPresenceAhead={40}>
                {t(`steps.${step}`)}
              </Text>
              {rows.map((row) => (
                <Row key={row.field} name={t(`form.${row.field}`)} text={value(row)} />
              ))}
            </View>
          ),
        )}
        {reservation.act.state === 'uncertain' && (
          <Text style={{ marginTop: 14 }}>{t('summary.uncertain')}</Text>
        )}
        {!reservation.fileSent && <Text style={{ marginTop: 14 }}>{t('summary.notSent')}</Text>}
        <Text style={paper.foot} fixed>
          {t('summary.issued', { at: at(now) })}
        </Text>
      </Page>
    </Document>,
  );
}

function Row({ name, text }: { name: string; text: string }) {
  return (
    <View style={paper.row} wrap={false}>
      <Text style={paper.label}>{name}</Text>
      <Text style={paper.value}>{text}</Text>
    </View>
  );
}
