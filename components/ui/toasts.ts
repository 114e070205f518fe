import { Toast } from '@base-ui/react/toast';

/** Says in passing that something happened: `toasts.add({ title, description, type: 'done' | 'danger' })`. Never the only trace of an act. */
export const toasts = Toast.createToastManager();
