import { redirect } from 'next/navigation';
import { requirePartner } from '@/lib/auth/session';

export default async function HomePage() {
  await requirePartner();
  redirect('/programmes');
}
