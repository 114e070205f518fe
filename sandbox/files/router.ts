import { Hono } from 'hono';
import type { World } from '../core/world';
export function filesRouter(_world: World): Hono {
  return new Hono();
}
