// Run by kill.test.ts in a process of its own, which is killed in the middle of a call.
import { database } from '@/lib/db/client';
import { poseDenonciation } from '@/lib/denonciations/pose-denonciation';
import { mint } from '@/lib/denonciations/testing';
import { resumeOption } from './add-option';

const [kind, id = '', promoterId = '', cabinetId = ''] = process.argv.slice(2);
await database();
const { actor, ref } = mint({ id, promoterId, cabinetId });
await (kind === 'option' ? resumeOption : poseDenonciation)(actor, ref);
