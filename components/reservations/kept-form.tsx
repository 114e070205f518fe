'use client';

import { type ReactNode, useState } from 'react';
import { FileForm, type FileToFill } from '@/components/reservations/file-form';

/**
 * The form of a file as long as it may be filled; what stands in its place after. A file that is closed from elsewhere keeps on
 * screen what was typed in it.
 */
export function KeptForm({ toFill, children }: { toFill: FileToFill | null; children: ReactNode }) {
  const [opened, setOpened] = useState(toFill);
  const [done, setDone] = useState(false);
  if (toFill !== null && opened === null) setOpened(toFill);
  if (toFill === null && opened !== null && done) {
    setOpened(null);
    setDone(false);
  }
  return (
    <>
      {toFill === null && children}
      {opened !== null && <FileForm {...opened} closed={toFill === null} onDone={() => setDone(true)} />}
    </>
  );
}
