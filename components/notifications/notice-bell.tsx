import { Bell } from '@/components/notifications/bell';
import { NoticeWords } from '@/components/notifications/notice-words';

/** The bell of a partner's header. */
export function NoticeBell() {
  return (
    <NoticeWords of={['bell']}>
      <Bell />
    </NoticeWords>
  );
}
