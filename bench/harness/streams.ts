import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';

/** One open stream, read as a browser reads it: each change must follow the one before. */
export type OpenStream = {
  version: number;
  /** Changes that did not begin where the last one ended, and calls to ask for everything. */
  gaps: number;
  ended: boolean;
  close(): void;
};

/** @param onVersion called with each version told, and when (ms) */
export async function openStream(
  url: string,
  cookie: string,
  onVersion: (version: number, at: number) => void,
): Promise<OpenStream> {
  const agent = new Agent({ keepAlive: false });
  const request = get(`${url}/api/events`, { agent, headers: { cookie, 'accept-encoding': 'gzip, br' } });
  const [response]: IncomingMessage[] = await once(request, 'response');
  if (response?.statusCode !== 200) throw new Error(`A stream was refused: ${response?.statusCode}`);
  const stream: OpenStream = { version: 0, gaps: 0, ended: false, close: () => request.destroy() };
  let rest = '';
  const opened = new Promise<void>((resolve) => {
    response.on('data', (chunk: Buffer) => {
      const at = Date.now();
      const frames = (rest + chunk.toString('latin1')).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) {
        if (frame.startsWith('event: hello')) {
          stream.version = Number(/valmont:(\d+)/.exec(frame)?.[1]);
          resolve();
        } else if (frame.startsWith('event: stock')) {
          const [, since, version] = /"since":(\d+).*?"version":(\d+)/.exec(frame) ?? [];
          if (Number(since) !== stream.version) stream.gaps += 1;
          stream.version = Number(version);
          onVersion(stream.version, at);
        } else if (frame.startsWith('event: resync')) stream.gaps += 1;
      }
    });
  });
  const over = () => {
    stream.ended = true;
  };
  response.on('end', over);
  response.on('error', over);
  await opened;
  return stream;
}

/** So many streams, spread over these people, a few opened at a time. */
export async function openStreams(
  url: string,
  cookies: readonly string[],
  count: number,
  onVersion: (version: number, at: number) => void = () => {},
): Promise<OpenStream[]> {
  const streams: OpenStream[] = [];
  while (streams.length < count) {
    const batch = Array.from({ length: Math.min(25, count - streams.length) }, (_, index) =>
      openStream(url, cookies[(streams.length + index) % cookies.length] ?? '', onVersion),
    );
    streams.push(...(await Promise.all(batch)));
  }
  return streams;
}
