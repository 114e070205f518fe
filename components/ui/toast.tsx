'use client';

import { Toast as Base } from '@base-ui/react/toast';
import { Icon } from '@/components/ui/icon';
import { toasts } from '@/components/ui/toasts';

/** Draws what `toasts` was told, at the foot of the screen, on a phone under the header, away from the thumb's own acts. Load it lazily (`lazy-toaster.tsx`). */
export default function Toaster({ closeLabel }: { closeLabel: string }) {
  return (
    <Base.Provider toastManager={toasts}>
      <Base.Portal>
        <Base.Viewport className="fixed right-4 z-60 flex w-[calc(100vw-2rem)] max-w-sm flex-col gap-2 max-sm:top-[4.25rem] sm:bottom-4">
          <Toasts closeLabel={closeLabel} />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function Toasts({ closeLabel }: { closeLabel: string }) {
  return Base.useToastManager().toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      className="rounded-card border border-line-2 bg-card shadow-float transition-[opacity,translate] duration-150 data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0 data-limited:hidden"
    >
      <Base.Content className="flex items-start gap-3 py-3 pr-2 pl-4">
        <Icon
          name={toast.type === 'danger' ? 'warn' : 'check'}
          className={toast.type === 'danger' ? 'mt-1 size-4 text-accent' : 'mt-1 size-4 text-libre'}
        />
        <div className="min-w-0 flex-1">
          <Base.Title className="text-base" />
          <Base.Description className="text-ink-2 text-sm" />
        </div>
        <Base.Close
          aria-label={closeLabel}
          className="grid size-8 flex-none place-items-center rounded-md text-ink-3 hover:bg-sunk hover:text-ink"
        >
          <Icon name="cross" />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ));
}
