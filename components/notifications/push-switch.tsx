'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { subscribeAction, unsubscribeAction } from '@/lib/notifications/actions';

type State = 'unknown' | 'unsupported' | 'denied' | 'off' | 'on';

const supported = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

async function presentState(): Promise<State> {
  if (!supported()) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  const worker = await navigator.serviceWorker.getRegistration('/');
  return (await worker?.pushManager.getSubscription()) ? 'on' : 'off';
}

/** Lets this very browser show notices while the portal is closed, or stops it. Nothing is asked before a press. */
export function PushSwitch({ pushKey }: { pushKey: string }) {
  const t = useTranslations('notifications.push');
  const [state, setState] = useState<State>('unknown');
  const [fault, setFault] = useState(false);
  const [pending, start] = useTransition();
  useEffect(() => void presentState().then(setState), []);

  const turn = (work: () => Promise<State>) =>
    start(async () => {
      setFault(false);
      try {
        setState(await work());
      } catch {
        // A browser without its push service, or one that is cut off.
        setFault(true);
      }
    });

  return (
    <div className="border-line border-t px-4 py-4 sm:px-6">
      <h3 className="font-semibold text-[0.875rem]">{t('title')}</h3>
      <p role="status" className="mt-1 text-ink-2 text-sm">
        {state !== 'unknown' && t(state)}
      </p>
      {(state === 'off' || state === 'on') && (
        <Button
          className="mt-2"
          pending={pending}
          onClick={() => turn(state === 'off' ? () => subscribe(pushKey) : unsubscribe)}
        >
          {t(state === 'off' ? 'enable' : 'disable')}
        </Button>
      )}
      <p role="alert" className="mt-1.5 text-accent text-sm empty:hidden">
        {fault && t('fault')}
      </p>
    </div>
  );
}

async function subscribe(pushKey: string): Promise<State> {
  const permission = await Notification.requestPermission();
  if (permission !== 'granted') return permission === 'denied' ? 'denied' : 'off';
  await navigator.serviceWorker.register('/push-worker.js', { scope: '/' });
  const worker = await navigator.serviceWorker.ready;
  const agreed = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: pushKey });
  const { endpoint, keys } = agreed.toJSON();
  const answer = await subscribeAction({
    endpoint: endpoint ?? '',
    keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' },
  });
  if (answer?.serverError || answer?.validationErrors) {
    await agreed.unsubscribe();
    throw new Error('The portal did not keep the subscription');
  }
  return 'on';
}

async function unsubscribe(): Promise<State> {
  const worker = await navigator.serviceWorker.getRegistration('/');
  const agreed = await worker?.pushManager.getSubscription();
  if (agreed) {
    await unsubscribeAction({ endpoint: agreed.endpoint });
    await agreed.unsubscribe();
  }
  return 'off';
}
