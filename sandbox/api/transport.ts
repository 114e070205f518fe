import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';

/** What a fault may do to the exchange itself, below HTTP. */
export type Transport = {
  /** RST, or a socket closed without an answer. */
  destroy(how: 'reset' | 'close'): Response | Promise<Response>;
  /** Announces the whole body, sends half of it, ends the socket. */
  cut(status: number, body: string, date: string): Response | Promise<Response>;
  /** Never answers. */
  hang(): Promise<Response>;
};

const never = (): Promise<Response> => new Promise(() => undefined);

/** The real thing: acts on the socket of the request. */
export function socketTransport({ incoming, outgoing }: HttpBindings): Transport {
  return {
    destroy(how) {
      if (how === 'reset') incoming.socket.resetAndDestroy();
      else incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    },
    cut(status, body, date) {
      const bytes = Buffer.from(body);
      outgoing.writeHead(status, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': bytes.length,
        date,
      });
      outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => incoming.socket.destroy());
      return RESPONSE_ALREADY_SENT;
    },
    hang: never,
  };
}

/** The same, as a caller of undici's fetch sees it: rejections with its names and codes. */
export function rejectingTransport(reject: (error: Error) => void): Transport {
  return {
    destroy(how) {
      reject(
        fetchFailed(
          how === 'reset' ? 'ECONNRESET' : 'UND_ERR_SOCKET',
          how === 'reset' ? 'read ECONNRESET' : 'other side closed',
        ),
      );
      return never();
    },
    cut(status, body, date) {
      const half = new TextEncoder().encode(body.slice(0, Math.floor(body.length / 2)));
      let sent = false;
      const stream = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (sent)
            controller.error(
              new TypeError('terminated', { cause: coded('UND_ERR_SOCKET', 'other side closed') }),
            );
          else controller.enqueue(half);
          sent = true;
        },
      });
      return new Response(stream, {
        status,
        headers: { 'content-type': 'application/json; charset=utf-8', date },
      });
    },
    hang: never,
  };
}

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

function fetchFailed(code: string, message: string): TypeError {
  return new TypeError('fetch failed', { cause: coded(code, message) });
}
