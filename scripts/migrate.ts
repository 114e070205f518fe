// `npm run db:migrate`: brings the database of DATABASE_URL, or of DATA_DIR, to the present schema.
import { database } from '@/lib/db/client';
import { migrate } from '@/lib/db/migrate';

const db = await database();
try {
  await migrate(db);
  console.log('The database has the present schema.');
} finally {
  await db.close();
}
