'use client';

import { type Fault, FaultPage } from '@/components/layout/fault-page';
import './globals.css';

/** The root layout itself broke: nothing of it can be used, not even its fonts. */
export default function GlobalError(fault: Fault) {
  return (
    <html lang="fr">
      <body className="font-sans">
        <FaultPage {...fault} />
      </body>
    </html>
  );
}
