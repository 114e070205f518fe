/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import type { Account } from '../core/account';
import type { Lot, Programme } from '../core/model';
import type { World } from '../core/world';
import type { Flash } from './acts';
import { lotSummary, price, statusLabel, when } from './format';

type PageProps = { title: string; world: World; children?: Child };

/** The frame of every page. */
export function Page({ title, world, children }: PageProps) {
  return (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · Console Koban, bac à sable`}</title>
        <link rel="stylesheet" href="/console/console.css" />
      </head>
      <body>
        <a class="skip" href="#contenu">
          Aller au contenu
        </a>
        <header>
          <b>Console Koban, bac à sable</b>
          <span>{`Il est ${when(world.clock.now())} chez Koban`}</span>
          <nav aria-label="Comptes">
            {world.accounts.map(({ slug, name }) => (
              <a key={slug} href={`/console/${slug}`}>
                {name}
              </a>
            ))}
          </nav>
        </header>
        <main id="contenu">{children}</main>
      </body>
    </html>
  );
}

export function FlashNote({ flash }: { flash: Flash | null }) {
  if (!flash) return null;
  return (
    <p class={flash.good ? 'flash' : 'flash bad'} role="status">
      {flash.text}
    </p>
  );
}

export function StatusBadge({ account, lot }: { account: Account; lot: Lot }) {
  return (
    <span class={`badge ${lot.withdrawn ? 'retire' : lot.status}`} data-status={lot.status}>
      {statusLabel(account, lot)}
    </span>
  );
}

/** Both promoters, to begin with. */
export function HomePage({ world }: { world: World }) {
  return (
    <Page title="Accueil" world={world}>
      <h1>Console Koban, bac à sable</h1>
      <p class="lede">
        Jouez le commercial du promoteur : ce que vous faites ici est signalé au portail comme le ferait
        Koban.
      </p>
      <div class="grid">
        {world.accounts.map((account) => (
          <a key={account.slug} class="card" href={`/console/${account.slug}`}>
            <b>{account.name}</b>
            <br />
            {`${account.programmes.size} programmes, ${account.lotsByChange().length} lots`}
          </a>
        ))}
      </div>
    </Page>
  );
}

type AccountProps = { world: World; account: Account; flash: Flash | null };

export function AccountPage({ world, account, flash }: AccountProps) {
  const lots = account.lotsByChange();
  const deliveries = world.webhooks.deliveries(account.slug).slice(-8).reverse();
  return (
    <Page title={account.name} world={world}>
      <p class="crumb">
        <a href="/console">Console</a>
      </p>
      <h1>{account.name}</h1>
      <p class="lede">
        {account.webhook
          ? 'Le portail est prévenu de chaque acte.'
          : 'Aucune adresse de portail n’est réglée : personne n’est prévenu.'}
      </p>
      <FlashNote flash={flash} />
      <div class="grid">
        {[...account.programmes.values()].map((programme) => (
          <ProgrammeTile
            key={programme.code}
            account={account}
            programme={programme}
            lots={lots.filter((lot) => lot.programme === programme.code && !lot.secondary)}
          />
        ))}
      </div>
      <section class="card" style="margin-top:16px" aria-labelledby="lead">
        <h2 id="lead">Nouveau contact reçu par le promoteur</h2>
        <form method="post" action={`/console/${account.slug}/contact`}>
          <Field label="Nom" name="Name" required />
          <Field label="Prénom" name="FirstName" />
          <Field label="E-mail" name="EMail" type="email" />
          <Field label="Téléphone" name="Phone" type="tel" />
          <Field label="Message" name="Comments" />
          <button type="submit">Enregistrer le contact</button>
        </form>
      </section>
      {deliveries.length > 0 && (
        <section class="card" aria-labelledby="envois">
          <h2 id="envois">Derniers envois au portail</h2>
          <table>
            <tbody>
              {deliveries.map((delivery) => (
                <tr key={delivery.id}>
                  <td>{delivery.event}</td>
                  <td>{delivery.fields.Deal_Extcode ?? delivery.fields.Lot_Code ?? ''}</td>
                  <td class="r">{delivery.fault ?? delivery.attempts.at(-1)?.status ?? 'sans réponse'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Page>
  );
}

function ProgrammeTile({
  account,
  programme,
  lots,
}: {
  account: Account;
  programme: Programme;
  lots: Lot[];
}) {
  const count = (status: string): number => lots.filter((lot) => lot.status === status).length;
  return (
    <a class="card tile" href={`/console/${account.slug}/programmes/${programme.code}`}>
      {programme.sheet && (
        <img
          src={`/files/${account.slug}/programmes/${programme.code}/facade.svg`}
          alt=""
          width="1200"
          height="675"
          loading="lazy"
        />
      )}
      <div>
        <b>{programme.label}</b>
        {`${programme.sheet?.city ?? ''} · ${lots.length} logements · ${count('LIBRE')} libres, ${count('OPTION')} sous option`}
      </div>
    </a>
  );
}

type ProgrammeProps = { world: World; account: Account; programme: Programme; status: string };

export function ProgrammePage({ world, account, programme, status }: ProgrammeProps) {
  const all = [...account.allLots()].filter((lot) => lot.programme === programme.code && !lot.secondary);
  const lots = all.filter(
    (lot) => status === '' || (status === 'RETIRE' ? lot.withdrawn : lot.status === status && !lot.withdrawn),
  );
  return (
    <Page title={programme.label} world={world}>
      <p class="crumb">
        <a href={`/console/${account.slug}`}>{account.name}</a>
      </p>
      <h1>{programme.label}</h1>
      <p class="lede">{`${programme.sheet?.city ?? ''} · ${lots.length} lots sur ${all.length}`}</p>
      <form class="filters" method="get">
        <label>
          Statut
          <select name="statut">
            <option value="">Tous</option>
            {programme.steps.map((step) => (
              <option key={step.Extcode} value={step.Extcode} selected={step.Extcode === status}>
                {step.Label}
              </option>
            ))}
            <option value="RETIRE" selected={status === 'RETIRE'}>
              Retirés
            </option>
          </select>
        </label>
        <button type="submit">Filtrer</button>
      </form>
      <section class="card" aria-label="Lots">
        <table class="lots">
          <thead>
            <tr>
              <th scope="col">Lot</th>
              <th scope="col">Description</th>
              <th scope="col" class="r">
                Prix
              </th>
              <th scope="col">Statut</th>
            </tr>
          </thead>
          <tbody>
            {lots.map((lot) => (
              <tr key={lot.extcode} data-lot={lot.extcode}>
                <td>
                  <a href={`/console/${account.slug}/lots/${lot.extcode}`}>
                    <b>{lot.label}</b>
                  </a>
                </td>
                <td>{lotSummary(lot)}</td>
                <td class="r">{price(lot.priceCents)}</td>
                <td>
                  <StatusBadge account={account} lot={lot} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Page>
  );
}

type FieldProps = { label: string; name: string; type?: string; required?: boolean; value?: string };

export function Field({ label, name, type = 'text', required = false, value = '' }: FieldProps) {
  return (
    <label>
      {label}
      <input name={name} type={type} required={required} value={value} autocomplete="off" />
    </label>
  );
}
