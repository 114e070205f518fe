import { Document, Page, renderToBuffer, Text, View } from '@react-pdf/renderer';
import { createTranslator } from 'next-intl';
import { env } from '@/lib/core/env';
import type { Locale } from '@/lib/core/locale';
import { paper as styles } from '@/lib/core/paper';
import { formatDay, formatTime } from '@/lib/core/paris';
import { en } from '@/lib/i18n/en';
import { fr } from '@/lib/i18n/fr';
import { readableReference } from './rules';
import type { DenonciationDetail } from './schema';
import { checkCode } from './verify-receipt';

const messages = { fr, en };

/**
 * The receipt of a dénonciation, as a PDF: who, what, when (in Paris), how it is known, and a code that anyone can check. An
 * unknown result is said to be one.
 */
export async function renderReceipt(filed: DenonciationDetail, locale: Locale, now: Date): Promise<Buffer> {
  const t = createTranslator({ locale, messages: messages[locale], namespace: 'acts' });
  const at = (instant: Date) => `${formatDay(instant, locale)}, ${formatTime(instant, locale)}`;
  const { prospect, programme, state, proof, code } = filed;
  const rows: [string, string | null][] = [
    [t('receipt.reference'), readableReference(filed.reference)],
    [t('receipt.kobanReference'), filed.kobanReference],
    [t('receipt.filed'), at(filed.filedAt)],
    [t('receipt.decided'), filed.decidedAt && at(filed.decidedAt)],
    [t('receipt.promoter'), programme.promoterName],
    [t('receipt.programme'), `${programme.label} (${programme.code})`],
    [
      t('receipt.prospect'),
      `${prospect.firstName} ${prospect.lastName}\n${prospect.email}\n${prospect.phone}`,
    ],
    [t('receipt.consent'), at(filed.consentAt)],
    [t('receipt.cabinet'), filed.cabinetName],
    [t('receipt.adviser'), filed.filedBy],
    [t('receipt.broker'), filed.live.withoutBroker ? t('withoutBroker.denonciation') : null],
    [t('receipt.proof'), proof && t(`proof.${proof}`)],
    [t('receipt.reason'), code && sentence(t, code)],
    [t('receipt.kobanMessage'), filed.kobanMessage],
  ];
  const caution =
    state === 'uncertain' ? t('receipt.uncertain') : proof === 'reading' ? t('receipt.reading') : null;
  const address = `${env().NEXTAUTH_URL}/api/denonciations/verify?code=${checkCode(filed)}`;
  const title = `${t('receipt.title')} ${readableReference(filed.reference)}`;
  return renderToBuffer(
    <Document title={title} author={programme.promoterName} language={locale} creationDate={now}>
      <Page size="A4" style={styles.page}>
        <Text style={styles.issuer}>{programme.promoterName}</Text>
        <Text style={styles.title}>{t('receipt.title')}</Text>
        <Text style={styles.state}>{t(`denonciationState.${state}`)}</Text>
        {rows.map(([label, value]) =>
          value === null || value === '' ? null : (
            <View key={label} style={styles.row} wrap={false}>
              <Text style={styles.label}>{label}</Text>
              <Text style={styles.value}>{value}</Text>
            </View>
          ),
        )}
        {caution !== null && <Text style={{ marginTop: 14 }}>{caution}</Text>}
        <View style={styles.code} wrap={false}>
          <Text>{t('receipt.code')}</Text>
          <Text style={styles.secret}>{checkCode(filed)}</Text>
          <Text>
            {t('receipt.check')} {address}
          </Text>
        </View>
        <Text style={styles.foot} fixed>
          {t('receipt.issued')} {at(now)}. {t('receipt.zone')}
        </Text>
      </Page>
    </Document>,
  );
}

type Translator = ReturnType<typeof createTranslator<typeof fr, 'acts'>>;
type Code = keyof typeof fr.acts.codes;

/** A code's sentence; one that has none yet is told as « unexpected ». */
const sentence = (t: Translator, code: string): string =>
  t(`codes.${code in fr.acts.codes ? (code as Code) : 'unexpected'}`);
