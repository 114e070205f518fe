import { getTranslations } from 'next-intl/server';
import { PersonActs } from '@/components/operator/person-acts';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';

export type PersonRow = {
  id: string;
  name: string;
  email: string;
  role: 'adviser' | 'manager' | 'staff' | 'operator';
  firm: string | null;
  disabledAt: Date | null;
  invited: boolean;
  self: boolean;
};

/** Every account and what may be done to it; on a phone each is a short stack. */
export async function PeopleTable({ people }: { people: readonly PersonRow[] }) {
  const [t, roles] = await Promise.all([
    getTranslations('operator.people'),
    getTranslations('accounts.role'),
  ]);
  return (
    <Card>
      <ul className="divide-y divide-line">
        {people.map((person) => (
          <li
            key={person.id}
            className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3 lg:grid lg:grid-cols-[1.6fr_1.2fr_1fr_20rem]"
          >
            <div className="min-w-0 max-lg:flex-[2_1_14rem]">
              <p className="font-semibold">{person.name}</p>
              <p className="break-all text-ink-2 text-sm">{person.email}</p>
            </div>
            <div className="min-w-0 max-lg:flex-[1_1_10rem] text-sm">
              <p>{person.firm ?? t('deployment')}</p>
              <p className="text-ink-2">{roles(person.role)}</p>
            </div>
            <div className="max-lg:flex-[1_1_11rem]">
              <StateBadge
                person={person}
                labels={{ active: t('active'), invited: t('invited'), disabled: t('disabled') }}
              />
            </div>
            {!person.self && <PersonActs id={person.id} name={person.name} acts={actsFor(person)} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function StateBadge({
  person,
  labels,
}: {
  person: PersonRow;
  labels: Record<'active' | 'invited' | 'disabled', string>;
}) {
  if (person.disabledAt) return <Badge tone="bloque" icon="lock" label={labels.disabled} />;
  if (person.invited) return <Badge tone="option" icon="clock" label={labels.invited} />;
  return <Badge tone="libre" icon="check" label={labels.active} />;
}

export type PersonAct = 'disable' | 'enable' | 'invite' | 'adviser' | 'manager';

function actsFor({ role, disabledAt, invited }: PersonRow): PersonAct[] {
  if (disabledAt) return ['enable'];
  const acts: PersonAct[] = invited ? ['invite'] : [];
  if (role === 'adviser') acts.push('manager');
  if (role === 'manager') acts.push('adviser');
  return [...acts, 'disable'];
}
