import { Hono } from 'hono';
import type { World } from '../core/world';
export function consoleRouter(_world: World): Hono {
  return new Hono();
}
