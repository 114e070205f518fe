import { useLocale, useTranslations } from 'next-intl';
import { Icon } from '@/components/ui/icon';
import { formatMinute } from '@/lib/core/paris';
import type { CgpStanding } from '@/lib/partners/schema';

const faults = ['unreachable', 'unknown', 'refused'] as const;

/** Whether Koban has the cabinet as a CGP; while it has not, why and when it is asked again. */
export function CgpLine({ cgp, brief = false }: { cgp: CgpStanding; brief?: boolean }) {
  const t = useTranslations('admin.partners');
  const locale = useLocale();
  if (cgp.known) {
    return (
      <span className="inline-flex items-center gap-1.5 text-ink-2 text-sm">
        <Icon name="check" /> {t('cgpKnown')}
      </span>
    );
  }
  const fault = faults.find((one) => one === cgp.fault);
  return (
    <span className="block text-sm">
      <span className="inline-flex items-center gap-1.5 font-medium text-option">
        <Icon name="clock" /> {t('cgpWaiting')}
      </span>
      {!brief && (
        <span className="block text-ink-2">
          {fault && `${t(`cgpFaults.${fault}`)} `}
          {t('cgpNext', { at: formatMinute(cgp.nextAt, locale) })}
        </span>
      )}
    </span>
  );
}
