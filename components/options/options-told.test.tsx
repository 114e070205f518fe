import { describe, expect, it } from 'vitest';
import type { OptionLine } from '@/lib/options/schema';
import { ChangeGround } from './change-ground';
import { ChangeProgress } from './change-outcome';
import { OptionBadge } from './option-badge';
import { OptionEnd } from './option-end';
import { OptionGrant } from './option-grant';
import { OptionOutcome } from './option-outcome';
import { OptionStopped } from './option-stopped';
import { OptionWhy } from './option-why';
import { wordsOf } from './testing';

const id = '0197a000-0000-7000-8000-000000000001';
const now = new Date('2026-06-15T12:20:00Z');
const expiresAt = new Date('2026-06-18T12:30:00Z');
const line: OptionLine = {
  id,
  state: 'placed',
  proof: 'answer',
  rank: 2,
  code: null,
  kobanMessage: null,
  expiresAt,
  expiryFromKoban: false,
  nextCheckAt: null,
  endedBy: null,
  endedAt: null,
  cancelReason: null,
  prolongedTo: null,
  prolongation: null,
  change: null,
  shut: null,
  withoutBroker: false,
  prospectOptions: 1,
  placedAt: now,
  placedBy: 'Claire Lambert',
  denonciationId: id,
  prospect: { lastName: 'Delorme', firstName: 'Ada' },
  lot: { extcode: 'TDC-A12', label: 'A12', typology: 'T3', priceCents: null },
  programme: { code: 'TDC', label: 'Les Terrasses du Canal', promoter: 'valmont', promoterName: 'Valmont' },
};

describe('the rank of an option', () => {
  it('is « à confirmer » while Koban has not shown it', () => {
    expect(wordsOf(<OptionBadge option={{ state: 'placed', rank: null }} />)).toBe('Rang à confirmer');
    expect(wordsOf(<OptionBadge option={{ state: 'placed', rank: 2 }} />)).toBe('Rang 2');
  });
});

describe('an end that the portal computed', () => {
  const placed = { kind: 'placed', id, rank: 2, expiresAt } as const;

  it('is never told as Koban’s once the option is placed', () => {
    const computed = wordsOf(<OptionOutcome outcome={{ ...placed, expiryFromKoban: false }} />);
    expect(computed).toMatch(/Selon le calcul du portail, elle expire le jeu\. 18 juin à 14:30/);
    const told = wordsOf(<OptionOutcome outcome={{ ...placed, expiryFromKoban: true }} />);
    expect(told).toMatch(/Confirmée par Koban\. Elle expire le jeu\. 18 juin à 14:30/);
  });

  it('says so in the lists, in words that need no pointer', () => {
    expect(wordsOf(<OptionEnd line={line} now={now} />)).toContain('calculée par le portail');
    const told = { ...line, expiryFromKoban: true };
    expect(wordsOf(<OptionEnd line={told} now={now} />)).not.toContain('calculée');
  });

  it('says so before one confirms; rank 1 behind which one stands ends at its half hour', () => {
    const check = {
      kind: 'granted' as const,
      rank: 2 as const,
      rank1Until: expiresAt,
      expiresAt,
      seenAt: now,
      prospects: [],
      cabinet: { count: 0, most: null },
      koban: { fullSince: null, scarce: { left: 1, most: 50 } },
    };
    const stage = { kind: 'granted' as const, check, changedFrom: null, moved: false };
    const words = wordsOf(
      <OptionGrant
        stage={{ ...stage, sending: false, lost: false }}
        lot={{ promoter: 'valmont', extcode: 'TDC-A12', label: 'A12', programmeLabel: null } as never}
        prospect={null}
        missing={false}
        onProspect={() => {}}
      />,
    );
    expect(words).toMatch(/Expiration au plus tôt jeu\. 18 juin à 14:30, calculée par le portail/);
    expect(words).toMatch(/Une option de rang 1 est en cours jusqu’au jeu\. 18 juin à 14:30/);
    expect(words).toMatch(/50 options simultanées, tous partenaires confondus.: il en reste une au plus/);
  });
});

describe('an option whose outcome is unknown', () => {
  it('promises the client nothing: Koban may have none', () => {
    const words = wordsOf(<OptionOutcome outcome={{ kind: 'uncertain', id, code: 'add-unknown' }} />);
    expect(words).toContain('ne promettez rien');
    expect(words).toContain('le portail ne laisse personne d’autre agir sur ce lot');
    expect(words).not.toContain('tenu');
  });
});

it('an option sent without a broker says so under the line, whatever else is said of it', () => {
  expect(wordsOf(<OptionWhy line={line} />)).toBe('');
  const without = { ...line, withoutBroker: true };
  expect(wordsOf(<OptionWhy line={without} />)).toContain('l’option y est enregistrée sans apporteur');
  const doubtful = wordsOf(<OptionWhy line={{ ...without, state: 'uncertain', code: 'add-unknown' }} />);
  expect(doubtful).toMatch(/Résultat inconnu.*sans apporteur/);
});

it('an option that its holder gave back keeps the reason; one that the promoter cancelled, or that goes on, has none', () => {
  const given = { ...line, state: 'cancelled', endedBy: 'partner', cancelReason: 'Prêt refusé' } as const;
  expect(wordsOf(<OptionWhy line={given} />)).toContain('Motif de l’annulation : Prêt refusé');
  expect(wordsOf(<OptionWhy line={{ ...given, endedBy: 'promoter' }} />)).toBe('');
  expect(wordsOf(<OptionWhy line={{ ...given, state: 'placed', endedBy: null }} />)).toBe('');
});

it('the dialog of a change says that the option moved under it, and to which rank', () => {
  expect(wordsOf(<ChangeGround line={line} moved={false} />)).toBe('');
  const first = wordsOf(<ChangeGround line={{ ...line, rank: 1 }} moved />);
  expect(first).toContain('Cette option est maintenant au rang 1');
  expect(first).toContain('l’acte porterait sur le rang 1');
  const over = wordsOf(<ChangeGround line={{ ...line, state: 'expired' }} moved={false} />);
  expect(over).toContain('n’est plus en cours');
});

it.each([
  ['koban-silent', 'Koban n’a pas répondu à la vérification.'],
  ['koban-unreachable', 'Koban est injoignable.'],
  ['koban-unreadable', 'La réponse de Koban est illisible.'],
  ['koban-keys-refused', 'Koban refuse l’accès du portail'],
  ['koban-asks-to-wait', 'Koban demande d’attendre.'],
])('no rank is promised, for the reason that it is: %s', (code, said) => {
  const words = wordsOf(<OptionStopped stage={{ kind: 'unanswered', code }} />);
  expect(words).toContain('Aucun rang ne peut être promis');
  expect(words).toContain(said);
  if (code !== 'koban-silent') expect(words).not.toContain('pas répondu');
});

describe('a session that ended', () => {
  it.each(['placing', 'changing'] as const)(
    'once the act may have left, while %s, denies nothing',
    (what) => {
      const screen = (sent: boolean) => {
        const stage = { kind: 'signed-out', sent } as const;
        return wordsOf(
          what === 'placing' ? (
            <OptionStopped stage={stage} />
          ) : (
            <ChangeProgress kind="annulation" stage={stage} />
          ),
        );
      };
      expect(screen(false)).toMatch(/Rien n’a été/);
      expect(screen(true)).toContain('L’acte a pu partir');
      expect(screen(true)).not.toMatch(/Rien n’a été/);
    },
  );
});
