'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { FieldError } from '@/components/ui/field';
import { faultCodes } from '@/lib/accounts/schema';
import { mirrorAction } from '@/lib/stock/actions';

/** What the operator may do about one mirror. `gone`: the lots whose withdrawal waits for a confirmation. */
export function MirrorActs({
  promoterId,
  name,
  gone,
}: {
  promoterId: string;
  name: string;
  gone: number | null;
}) {
  const t = useTranslations('operator.stock');
  const faults = useTranslations('accounts.faults');
  const [answer, post, pending] = useActionState<Awaited<ReturnType<typeof mirrorAction>>, FormData>(
    mirrorAction,
    {},
  );
  return (
    <form action={post} className="flex flex-wrap items-center gap-2 sm:justify-end">
      <input type="hidden" name="promoterId" value={promoterId} />
      {gone !== null && (
        <>
          <input type="hidden" name="gone" value={gone} />
          <Button type="submit" size="sm" name="act" value="confirm" variant="caution" pending={pending}>
            {t('confirm', { count: gone })}
          </Button>
        </>
      )}
      <Button
        type="submit"
        size="sm"
        name="act"
        value="check"
        aria-label={t('of', { act: t('check'), name })}
        pending={pending}
      >
        {t('check')}
      </Button>
      <p role="status" className="basis-full text-ink-2 text-sm sm:text-right">
        {answer.data && t('asked')}
      </p>
      {answer.serverError && (
        <FieldError>
          {faults(faultCodes.find((one) => one === answer.serverError) ?? 'unexpected')}
        </FieldError>
      )}
    </form>
  );
}
