import { createTranslator } from 'next-intl';
import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Html,
  Preview,
  render,
  Section,
  Text,
  toPlainText,
} from 'react-email';
import { en } from '@/lib/i18n/en';
import { fr } from '@/lib/i18n/fr';
import type { Locale } from '@/lib/i18n/locale';

/** What a message says; `action` is the one thing to do. */
export type Letter = {
  locale: Locale;
  subject: string;
  greeting: string;
  paragraphs: readonly string[];
  action?: { label: string; href: string };
  /** Why this person has it; by default what every message says. */
  footer?: string;
};

export type ComposedMail = { subject: string; html: string; text: string };

const messages = { fr, en };

/** A translator outside any request. */
export const mailTranslator = (locale: Locale) => createTranslator({ locale, messages: messages[locale] });

/** Draws a letter as HTML and as plain text. */
export async function composeMail(letter: Letter): Promise<ComposedMail> {
  const html = await render(<Page {...letter} />);
  return { subject: letter.subject, html, text: toPlainText(html) };
}

// Mail programs know neither our style sheet nor its variables: the light palette, by value.
const ink = '#1c2430';
const style = {
  body: { backgroundColor: '#f6f4ef', fontFamily: 'Arial, Helvetica, sans-serif', color: ink, margin: 0 },
  sheet: {
    backgroundColor: '#ffffff',
    border: '1px solid #e4e0d6',
    borderRadius: '10px',
    padding: '28px',
    maxWidth: '520px',
    margin: '24px auto',
  },
  heading: { fontSize: '20px', lineHeight: '26px', margin: '0 0 16px' },
  text: { fontSize: '15px', lineHeight: '23px', margin: '0 0 12px' },
  button: {
    backgroundColor: '#1f3f77',
    color: '#ffffff',
    borderRadius: '8px',
    padding: '12px 20px',
    fontSize: '15px',
    fontWeight: 700,
  },
  small: {
    fontSize: '13px',
    lineHeight: '19px',
    color: '#5c6470',
    margin: '16px 0 0',
    overflowWrap: 'anywhere' as const,
  },
};

function Page({ locale, subject, greeting, paragraphs, action, footer }: Letter) {
  const t = mailTranslator(locale);
  return (
    <Html lang={locale}>
      <Head />
      <Preview>{paragraphs[0] ?? subject}</Preview>
      <Body style={style.body}>
        <Container style={style.sheet}>
          <Heading style={style.heading}>{subject}</Heading>
          <Text style={style.text}>{greeting}</Text>
          {paragraphs.map((paragraph) => (
            <Text key={paragraph} style={style.text}>
              {paragraph}
            </Text>
          ))}
          {action && (
            <Section>
              <Button href={action.href} style={style.button}>
                {action.label}
              </Button>
              <Text style={style.small}>
                {t('mail.copyLink')} {action.href}
              </Text>
            </Section>
          )}
          <Text style={style.small}>{footer ?? t('mail.footer')}</Text>
        </Container>
      </Body>
    </Html>
  );
}
