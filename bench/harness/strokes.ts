import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';

/** Times of one key press in the page's own clock, in ms: when the key went down, when the list it changed was on screen. */
type Stroke = { at: number; painted: number | null };
type Recorder = typeof globalThis & { strokes?: Stroke[] };

// A fast typist's pace; the next key never comes before the list of the last one is painted.
const PACE_MS = 120;
// After which a key that changed nothing is taken to change nothing.
const NO_CHANGE_MS = 1_500;

/** Makes the page note, for each key pressed, when the list has been painted for the last time because of it. */
export async function recordStrokes(page: Page): Promise<void> {
  await page.evaluate(() => {
    const recorder: Recorder = globalThis;
    const strokes: Stroke[] = [];
    recorder.strokes = strokes;
    addEventListener('keydown', (event) => strokes.push({ at: event.timeStamp, painted: null }), true);
    // No function of this one has a name: the compiler marks named ones with a function that the page does not have.
    new MutationObserver((mutations) => {
      const stroke = strokes.at(-1);
      const listChanged = mutations.some(({ target, addedNodes, removedNodes }) => {
        const element = target instanceof Element ? target : target.parentElement;
        if (element?.closest('tbody')) return true;
        return [...addedNodes, ...removedNodes].some(
          (node) =>
            node instanceof Element && (node.matches('table') || node.querySelector('table') !== null),
        );
      });
      if (!stroke || !listChanged) return;
      // A message sent from an animation frame arrives once that frame is drawn.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        stroke.painted = performance.now();
      };
      requestAnimationFrame(() => port2.postMessage(null));
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
}

/** Presses keys at a typist's pace. @returns ms from each key to its painted list, for the keys that changed the list */
export async function press(page: Page, keys: readonly string[]): Promise<number[]> {
  const taken: number[] = [];
  for (const key of keys) {
    await page.keyboard.press(key);
    const painted = await page
      .waitForFunction(() => (globalThis as Recorder).strokes?.at(-1)?.painted, null, {
        timeout: NO_CHANGE_MS,
      })
      .catch(() => null);
    await sleep(PACE_MS);
    if (!painted) continue;
    taken.push(
      await page.evaluate(() => {
        const last = (globalThis as Recorder).strokes?.at(-1);
        return (last?.painted ?? Number.NaN) - (last?.at ?? Number.NaN);
      }),
    );
  }
  return taken;
}
