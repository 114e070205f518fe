/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import type { Account } from '../core/account';
import { parisIso } from '../core/dates';
import type { Lot, Option, Programme } from '../core/model';
import { field, textOf } from '../core/reading';
import type { World } from '../core/world';
import type { Flash } from './acts';
import { lotSummary, optionEnd, price, thirdName, when } from './format';
import { Field, FlashNote, Page, StatusBadge } from './pages';

type LotProps = { world: World; account: Account; programme: Programme; lot: Lot; flash: Flash | null };

/** One lot and everything that the salesman may do to it. */
export function LotPage({ world, account, programme, lot, flash }: LotProps) {
  const act = (name: string): string => `/console/${account.slug}/lots/${lot.extcode}/${name}`;
  const open = !lot.withdrawn && !lot.preresv && lot.result !== 'WON';
  const optionable = open && lot.options.length < 2 && (lot.status === 'LIBRE' || lot.status === 'OPTION');
  return (
    <Page title={`Lot ${lot.label}`} world={world}>
      <p class="crumb">
        <a href={`/console/${account.slug}`}>{account.name}</a>
        {' › '}
        <a href={`/console/${account.slug}/programmes/${programme.code}`}>{programme.label}</a>
      </p>
      <h1>{`Lot ${lot.label}`}</h1>
      <p class="lede">
        <StatusBadge account={account} lot={lot} /> {`${lotSummary(lot)} · ${price(lot.priceCents)}`}
      </p>
      <FlashNote flash={flash} />
      <div class="two">
        <div>
          {lot.options.map((option) => (
            <OptionCard
              key={option.guid}
              account={account}
              option={option}
              act={act}
              now={world.clock.now()}
            />
          ))}
          {optionable && (
            <Section id="poser" title={`Poser une option de rang ${lot.options.length + 1}`}>
              <PersonForm account={account} action={act('poser-option')} button="Poser l’option" />
            </Section>
          )}
          <Reservation account={account} lot={lot} act={act} open={open} />
        </div>
        <div>
          <Section id="fiche" title="Fiche">
            <dl>
              <dt>Code externe</dt>
              <dd>{lot.extcode}</dd>
              <dt>Annexes</dt>
              <dd>
                {account
                  .annexesOf(lot)
                  .map((annex) => annex.label)
                  .join(', ') || '—'}
              </dd>
              <dt>Modifié</dt>
              <dd>{when(lot.updatedAt)}</dd>
            </dl>
            {lot.sheet && (
              <p class="note">
                <a href={`/files/${account.slug}/lots/${lot.extcode}/plan.svg`}>Voir le plan</a>
              </p>
            )}
          </Section>
          <Section id="reglages" title="Prix et statut">
            <form method="post" action={act('prix')}>
              <Field
                label="Prix en euros"
                name="price"
                value={lot.priceCents === null ? '' : String(lot.priceCents / 100)}
                required
              />
              <button type="submit">Changer le prix</button>
            </form>
            <form method="post" action={act('statut')}>
              <label>
                Statut
                <select name="status" required>
                  <option value="">Choisir</option>
                  {programme.steps
                    .filter((step) => !['OPTION', 'PRERESV'].includes(step.Extcode))
                    .map((step) => (
                      <option key={step.Extcode} value={step.Extcode} selected={step.Extcode === lot.status}>
                        {step.Label}
                      </option>
                    ))}
                </select>
              </label>
              <button type="submit">Changer le statut</button>
            </form>
            <form method="post" action={act(lot.withdrawn ? 'remettre' : 'retirer')}>
              <button type="submit" class={lot.withdrawn ? 'main' : 'care'}>
                {lot.withdrawn ? 'Remettre le lot' : 'Retirer le lot'}
              </button>
            </form>
          </Section>
        </div>
      </div>
    </Page>
  );
}

function Section({ id, title, children }: { id: string; title: string; children?: Child }) {
  return (
    <section class="card stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

type OptionProps = { account: Account; option: Option; act: (name: string) => string; now: number };

function OptionCard({ account, option, act, now }: OptionProps) {
  const until = parisIso(Math.max(option.expiresAt, now) + 24 * 3_600_000).slice(0, 16);
  const partner = option.partGuid === null ? null : thirdName(account, option.partGuid);
  return (
    <Section id={`option-${option.rank}`} title={`Option de rang ${option.rank}`}>
      <p>
        {`${thirdName(account, option.thirdGuid)}, jusqu’au ${optionEnd(option)}${option.prolongedTo === null ? '' : ' (prolongée)'}`}
      </p>
      {partner && <p class="note">{`Par ${partner}`}</p>}
      {option.prolongedTo === null && (
        <form method="post" action={act('prolonger-option')}>
          <input type="hidden" name="rank" value={String(option.rank)} />
          <Field
            label={`Nouvelle échéance du rang ${option.rank}`}
            name="until"
            type="datetime-local"
            value={until}
            required
          />
          <button type="submit" class="main">{`Prolonger le rang ${option.rank}`}</button>
        </form>
      )}
      <form method="post" action={act('annuler-option')}>
        <input type="hidden" name="rank" value={String(option.rank)} />
        <button type="submit" class="care">{`Annuler le rang ${option.rank}`}</button>
      </form>
    </Section>
  );
}

type ReservationProps = { account: Account; lot: Lot; act: (name: string) => string; open: boolean };

function Reservation({ account, lot, act, open }: ReservationProps) {
  if (lot.preresv)
    return (
      <Section id="dossier" title={lot.preresv.validated ? 'Réservation validée' : 'Préréservation en cours'}>
        <p>{`${thirdName(account, lot.preresv.thirdGuid)}, depuis le ${when(lot.preresv.at)}`}</p>
        {!lot.preresv.validated && (
          <form method="post" action={act('valider-reservation')}>
            <button type="submit" class="main">
              Valider la réservation
            </button>
          </form>
        )}
        {lot.result !== 'WON' && (
          <form method="post" action={act('desister')}>
            <button type="submit" class="care">
              Enregistrer un désistement
            </button>
          </form>
        )}
      </Section>
    );
  if (!open || (lot.status !== 'LIBRE' && lot.status !== 'OPTION')) return null;
  return (
    <Section id="preresv" title="Préréserver">
      <PersonForm
        account={account}
        action={act('prereserver')}
        button="Préréserver le lot"
        known={lot.options[0]?.thirdGuid ?? ''}
      />
    </Section>
  );
}

const LISTED = 200;

type PersonProps = { account: Account; action: string; button: string; known?: string };

function PersonForm({ account, action, button, known = '' }: PersonProps) {
  const prospects = [...account.thirds.values()]
    .filter(({ wire }) => textOf(field(wire, 'Status', 'Code')) !== 'CGP')
    .sort((a, b) => b.updatedAt - a.updatedAt)
    .slice(0, LISTED);
  return (
    <form method="post" action={action}>
      <label style="flex-basis:100%">
        Prospect connu
        <select name="known">
          <option value="">Nouveau prospect</option>
          {prospects.map((third) => (
            <option key={third.guid} value={third.guid} selected={third.guid === known}>
              {thirdName(account, third.guid)}
            </option>
          ))}
        </select>
      </label>
      <Field label="Nom" name="Label" />
      <Field label="Prénom" name="FirstName" />
      <Field label="E-mail" name="EMail" type="email" />
      <Field label="Téléphone" name="Phone" type="tel" />
      <button type="submit" class="main">
        {button}
      </button>
    </form>
  );
}
