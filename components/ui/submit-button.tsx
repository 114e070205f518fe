'use client';

import { useFormStatus } from 'react-dom';
import { Button, type ButtonProps } from '@/components/ui/button';

/** The button that submits a form whose `action` is a server action: pending while the action runs. */
export function SubmitButton(props: ButtonProps) {
  const { pending } = useFormStatus();
  return <Button variant="primary" {...props} type="submit" pending={pending || props.pending} />;
}
