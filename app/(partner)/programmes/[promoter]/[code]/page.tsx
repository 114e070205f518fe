import { notFound } from 'next/navigation';
import { createLoader, type SearchParams } from 'nuqs/server';
import { cache } from 'react';
import { filterParsers } from '@/components/stock/filter-params';
import { firstLotsOf } from '@/components/stock/first-lots';
import { ProgrammeView } from '@/components/stock/programme-view';
import { requirePartner } from '@/lib/auth/session';
import { programmePage } from '@/lib/stock/loaders';
import { FILTER_URL_KEYS } from '@/lib/stock/schema';

interface Props {
  params: Promise<{ promoter: string; code: string }>;
  searchParams: Promise<SearchParams>;
}

const readFilters = createLoader(filterParsers, { urlKeys: FILTER_URL_KEYS });

// The title and the page are one reading.
const read = cache(programmePage);

async function load(params: Props['params']) {
  const [actor, { promoter, code }] = await Promise.all([requirePartner(), params]);
  return read(actor, decodeURIComponent(promoter), decodeURIComponent(code));
}

export async function generateMetadata({ params }: Props) {
  const page = await load(params);
  return page ? { title: page.programme.label } : {};
}

export default async function ProgrammePage({ params, searchParams }: Props) {
  const [page, filters] = await Promise.all([load(params), readFilters(searchParams)]);
  if (!page) notFound();
  return <ProgrammeView programme={page.programme} firstLots={firstLotsOf(page.lots, filters)} />;
}
