/** The largest answer that is read, in bytes: a page of 100,000 records is smaller. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The answer, which fails where it grows too large: whatever a server sends, the runner's memory holds. */
export function bounded(response: Response): Response {
  const { body, headers } = response;
  const isKnown = headers.has('content-length') && !headers.has('content-encoding');
  if (body === null || (isKnown && Number(headers.get('content-length')) <= MOST_BYTES)) return response;
  let received = 0;
  const counted = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        received += chunk.byteLength;
        if (received <= MOST_BYTES) controller.enqueue(chunk);
        else controller.error(tooLarge());
      },
    }),
  );
  // Not the words beside the status: no other part of an answer has characters that a Response refuses.
  return new Response(counted, { status: knownStatus(response.status), headers: response.headers });
}

/** One beyond those that HTTP knows is the server's trouble (RFC 9110, 15), and no Response takes it. */
function knownStatus(status: number): number {
  return status > 599 ? 500 : status;
}

/** As `fetch` tells what broke on the way. */
function tooLarge(): TypeError {
  const message = `the answer is larger than ${MOST_BYTES / 1024 / 1024} MiB; ask for fewer records at once`;
  return new TypeError('terminated', { cause: new Error(message) });
}
