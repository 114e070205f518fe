/** Why a call of Koban's is refused. Nothing was kept. */
export type Refusal =
  | 'unauthorised'
  | 'unknown-event'
  | 'wrong-method'
  | 'wrong-content-type'
  | 'wrong-charset'
  | 'too-large'
  | 'repeated-field'
  | 'unreadable'
  | 'too-many-calls'
  | 'unavailable';

// Read by the promoter's Koban administrator, in Koban's own log.
const refusals: Record<Refusal, { status: number; message: string }> = {
  unauthorised: { status: 401, message: 'Adresse ou secret inconnus.' },
  'unknown-event': { status: 404, message: 'Notification inconnue.' },
  'wrong-method': { status: 405, message: 'Méthode HTTP non prévue pour cette notification.' },
  'wrong-content-type': { status: 415, message: 'Le corps doit être application/x-www-form-urlencoded.' },
  'wrong-charset': { status: 415, message: 'Le texte doit être encodé en UTF-8.' },
  'too-large': { status: 413, message: 'Le corps dépasse 64 ko.' },
  'repeated-field': { status: 400, message: 'Un paramètre est donné deux fois.' },
  unreadable: { status: 400, message: 'Les paramètres sont illisibles.' },
  'too-many-calls': { status: 429, message: 'Trop d’appels : réessayez dans quelques secondes.' },
  unavailable: { status: 503, message: 'Le portail ne peut pas enregistrer : réessayez plus tard.' },
};

const headers = { 'cache-control': 'no-store' };

/** `{ "success": true }`: the call is kept. */
export const accepted = (): Response => Response.json({ success: true }, { headers });

/** `{ "success": false, "error": { "message", "code" } }`, as Koban Immobilier documents it. */
export function refused(code: Refusal): Response {
  const { status, message } = refusals[code];
  return Response.json(
    { success: false, error: { message, code } },
    { status, headers: { ...headers, ...(code === 'too-many-calls' && { 'retry-after': '5' }) } },
  );
}

/** The answer to « may an option be placed? » : `{ "status", "rank"? }`. */
export function optionAnswer(answer: { status: boolean; rank?: 1 | 2 }, refusal?: Refusal): Response {
  return Response.json(answer, { status: refusal ? refusals[refusal].status : 200, headers });
}
