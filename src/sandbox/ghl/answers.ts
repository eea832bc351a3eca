import type { Answer } from '../http/message.ts';

/** Thrown by a handler to answer something other than success; the gate turns it into the answer. */
export class RefusalError extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}

/** 400 as BadRequestDTO: `{statusCode, message: string}`. */
export function badRequest(message: string, more: Readonly<Record<string, unknown>> = {}): RefusalError {
  return new RefusalError({ status: 400, body: { statusCode: 400, message, ...more } });
}

export function unauthorized(message: string): Answer {
  return { status: 401, body: { statusCode: 401, message, error: 'Unauthorized' } };
}

/** 422 as UnprocessableDTO: the message is a list. */
export function unprocessable(messages: readonly string[]): RefusalError {
  return new RefusalError({
    status: 422,
    body: { statusCode: 422, message: messages, error: 'Unprocessable Entity' },
  });
}

/** A record that is not there, with the status that the simulator is set to (400 or 404). */
export function missing(status: 400 | 404, message: string): RefusalError {
  return new RefusalError({ status, body: { statusCode: status, message } });
}

export function notFound(method: string, path: string): Answer {
  return { status: 404, body: { statusCode: 404, message: `Cannot ${method} ${path}`, error: 'Not Found' } };
}

/** n8n #11353 saw this text. */
export const wrongLocation: Answer = {
  status: 403,
  body: {
    statusCode: 403,
    message: 'The token does not have access to this location',
    error: 'Forbidden',
  },
};

export const tooManyRequests: Answer = {
  status: 429,
  body: { statusCode: 429, message: 'Too Many Requests' },
};
