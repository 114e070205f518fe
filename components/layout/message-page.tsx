import type { ReactNode } from 'react';
import { Facade } from '@/components/layout/facade';

/** A whole page that says one thing: not found, out of order. */
export function MessagePage({
  title,
  children,
  actions,
  framed = false,
}: {
  title: string;
  children: ReactNode;
  actions: ReactNode;
  /** It stands within the frame of a signed-in person, which has the page's landmarks already. */
  framed?: boolean;
}) {
  const Root = framed ? 'div' : 'main';
  return (
    <Root className="relative isolate grid min-h-dvh place-items-center overflow-hidden px-5 pt-16 pb-80">
      <div className="max-w-md text-center">
        <h1 className="text-2xl tracking-[-0.025em]">{title}</h1>
        <div className="mt-2 text-ink-2">{children}</div>
        <div className="mt-6 flex flex-wrap justify-center gap-2.5">{actions}</div>
      </div>
      <Facade className="-z-10 absolute inset-x-0 bottom-0 mx-auto h-72 w-full max-w-md text-line-field" />
    </Root>
  );
}
