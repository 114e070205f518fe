import { sql } from 'drizzle-orm';
import { option } from '@/lib/db/schema/all';
import { RANK_UNPROVEN, type Rank } from './rules';

/** The rank of an option as far as it is known, for whoever reads it: null while Koban, having said yes, has not shown which. */
export const shownRank = sql<Rank | null>`case when ${option.code} = ${RANK_UNPROVEN} then null else ${option.rank} end`;
