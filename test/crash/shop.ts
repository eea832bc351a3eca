import { createServer } from 'node:http';
import { listen, until } from '../e2e/http.ts';

/** A booking as its source has it now. */
export interface Booking {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly status: 'Enquiry' | 'Confirmed' | 'Cancelled';
  readonly task: string;
  readonly deleted: boolean;
  readonly updated_at: string;
}

/** A note that staff keep of a customer; only polls find it. */
export interface Memo {
  readonly id: number;
  readonly email: string;
  readonly text: string;
  readonly updated_at: string;
}

/** The software that holds what is true, and tells of each change until it is answered 2xx. */
export interface Shop {
  readonly url: string;
  bookings(): Booking[];
  memos(): Memo[];
  /** Makes or edits a booking, and sends it. */
  save(wish: Partial<Booking> & { readonly id: number }): void;
  write(memo: Pick<Memo, 'id' | 'email' | 'text'>): void;
  /** From now on webhooks go there. */
  sendTo(url: string | undefined): void;
  /** Until every delivery was answered 2xx. */
  allSent(): Promise<void>;
  close(): Promise<void>;
}

const RETRY_MS = 30;

export async function startShop(): Promise<Shop> {
  const bookings = new Map<number, Booking>();
  const memos = new Map<number, Memo>();
  const unsent = new Set<string>();
  let receiver: string | undefined;
  let last = Date.now();
  const server = createServer((request, response) => {
    const since = Date.parse(
      new URL(request.url ?? '/', 'http://shop').searchParams.get('since') ?? '1970-01-01',
    );
    const data = [...memos.values()].filter((memo) => Date.parse(memo.updated_at) > since);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
  });
  const listening = await listen(server);
  let closed = false;
  const sending = new Set<Promise<void>>();

  /** Later states may overtake earlier ones: a sender's queue is no queue once it retries. */
  async function deliver(body: string): Promise<void> {
    unsent.add(body);
    while (!closed) {
      const to = receiver;
      const status = to === undefined ? 0 : await post(`${to}/webhooks/shop`, body);
      if (status === 200) break;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS * (1 + Math.random())));
    }
    unsent.delete(body);
  }

  const now = (): string => {
    last = Math.max(last + 1, Date.now());
    return new Date(last).toISOString();
  };

  return {
    url: listening.url,
    bookings: () => [...bookings.values()],
    memos: () => [...memos.values()],
    save: (wish) => {
      const before = bookings.get(wish.id) ?? { status: 'Enquiry', task: '', deleted: false, email: '' };
      const updated_at = now();
      const booking: Booking = { ...before, name: `b${wish.id} at ${updated_at}`, ...wish, updated_at };
      bookings.set(wish.id, booking);
      const sent = deliver(
        JSON.stringify({ id: `${wish.id}-${updated_at}`, type: 'booking', data: booking }),
      );
      sending.add(sent);
      void sent.then(() => sending.delete(sent));
    },
    write: (memo) => memos.set(memo.id, { ...memo, updated_at: now() }),
    sendTo: (url) => (receiver = url),
    allSent: () => until('the last delivery', () => unsent.size === 0, 30_000),
    close: async () => {
      closed = true;
      await Promise.all(sending);
      await listening.close();
    },
  };
}

async function post(url: string, body: string): Promise<number> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(5_000),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
