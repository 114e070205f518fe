import { expect, it, vi } from 'vitest';
import { log } from '@/lib/core/log';
import { afterAnswer } from './after-answer';

const later = vi.hoisted(() => ({ work: [] as (() => Promise<void>)[] }));
vi.mock('next/server', () => ({ after: (work: () => Promise<void>) => void later.work.push(work) }));

it('keeps a fault of work after the answer out of Next’s hands, and its message out of the log', async () => {
  const error = vi.spyOn(log(), 'error').mockImplementation(() => undefined);
  afterAnswer('password reset', async () => {
    throw new Error('to camille.secret@exemple.fr');
  });
  await Promise.all(later.work.map((work) => work()));
  expect(error).toHaveBeenCalledOnce();
  expect(JSON.stringify(error.mock.calls)).toContain('password reset');
  expect(JSON.stringify(error.mock.calls)).not.toContain('secret');
  error.mockRestore();
});
