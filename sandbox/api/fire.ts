import type { Fault } from '../core/faults';
import type { Later } from '../core/later';
import type { Call } from '../core/ledger';
import type { Answer } from './methods';
import type { Transport } from './transport';

const HTML_500 =
  '<!DOCTYPE html><html><head><title>Erreur d’exécution</title></head><body><h1>Erreur du serveur dans l’application.</h1></body></html>';

export function jsonResponse({ status, json }: Answer, headers: Record<string, string> = {}): Response {
  return new Response(json, {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  });
}

/** What a fault is played with: the exchange, the date that answers carry now, and what may happen after a while. */
export type Stage = { transport: Transport; date: () => string; later: Later };

/** Plays one fault. `run` performs the call's effect; the ledger's entry learns what the caller saw. */
export async function fireFault(
  fault: Fault,
  call: Call,
  { transport, date, later }: Stage,
  run: () => Answer,
): Promise<Response> {
  const seen = (response: Response): Response => {
    call.outcome = response.status;
    response.headers.set('date', date());
    return response;
  };
  const destroy = (how: 'reset' | 'close'): Response | Promise<Response> => {
    call.outcome = how === 'reset' ? 'reset' : 'closed';
    return transport.destroy(how);
  };
  const hang = (): Promise<Response> => {
    call.outcome = 'hung';
    return transport.hang();
  };
  switch (fault.mode) {
    case 'refuse':
      return seen(new Response('Service Unavailable', { status: fault.status }));
    case 'rate-limit':
      return seen(new Response(null, { status: 429, headers: { 'retry-after': String(fault.retryAfter) } }));
    case 'drop-before':
      return destroy('reset');
    case 'hang-before':
      return hang();
    case 'hang-after':
      run();
      return hang();
    case 'reset-after':
      run();
      return destroy('reset');
    case 'close-after':
      run();
      return destroy('close');
    case 'cut-after': {
      const { status, json } = run();
      call.outcome = 'cut';
      return transport.cut(status, json, date());
    }
    case 'error-after':
      run();
      return seen(
        new Response(HTML_500, {
          status: fault.status,
          headers: { 'content-type': 'text/html; charset=utf-8' },
        }),
      );
    case 'late':
      later.run(fault.delayMs, run);
      return fault.reply === 'hang' ? hang() : destroy('reset');
    case 'garbage':
      if (fault.applies) run();
      return seen(new Response(HTML_500, { headers: { 'content-type': 'text/html; charset=utf-8' } }));
    case 'truncated': {
      const json = fault.applies ? run().json : '{"success":true,"Result":0}';
      return seen(
        jsonResponse({ status: 200, json: json.slice(0, Math.max(1, Math.floor(json.length / 2))) }),
      );
    }
    case 'no-content':
      if (fault.applies) run();
      return seen(new Response(null, { status: 204 }));
    case 'redirect':
      if (fault.applies) run();
      return seen(
        new Response(null, {
          status: fault.status,
          headers: { location: fault.location ?? '/api/v1/ncMaintenance/Moved' },
        }),
      );
    case 'business':
      if (fault.applies) run();
      return seen(jsonResponse({ status: fault.status, json: JSON.stringify(fault.body ?? null) }));
    case 'slow':
      await new Promise((resolve) => {
        setTimeout(resolve, fault.delayMs);
      });
      return seen(jsonResponse(run()));
  }
}
