'use client';

import { PlaceOptionButton } from '@/components/options/place-option-button';
import { optionRight } from '@/components/stock/lot-acts';
import { useLotWords } from '@/components/stock/lot-words';
import { useFreshness } from '@/components/stock/use-freshness';
import { useLot } from '@/components/stock/use-lot';
import { useNow } from '@/components/stock/use-now';
import type { Freshness, StockLot } from '@/lib/stock/schema';

/** « Poser une option » on a lot's page, as long as its status lets one ask; the status panel says why when it does not. */
export function LotOption({
  lot: fromServer,
  programme,
  age,
}: {
  lot: StockLot;
  programme: string;
  age: Freshness;
}) {
  const lot = useLot(fromServer);
  const words = useLotWords();
  const right = optionRight(lot, useFreshness(lot.promoter, age).state, useNow());
  const { promoter, extcode, label, programmeCode } = lot;
  const facts = [
    lot.typology,
    words.floor(lot),
    lot.priceCents === null ? null : words.price(lot.priceCents),
  ];
  return (
    <PlaceOptionButton
      allowed={right.allowed}
      lot={{
        promoter,
        extcode,
        label,
        programmeCode,
        programmeLabel: programme,
        facts: facts.filter(Boolean).join(' · '),
      }}
    />
  );
}
