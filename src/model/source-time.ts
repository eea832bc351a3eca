/** How a source writes its times, so that `$since` can be written the same way. */
export type TimeForm =
  | { readonly type: 'seconds' | 'milliseconds'; readonly text: boolean }
  | { readonly type: 'iso'; readonly separator: string; readonly precision: number; readonly offset: string };

export interface SourceTime {
  /** Milliseconds since 1970. A time without an offset is read as UTC: only its order matters. */
  readonly ms: number;
  readonly form: TimeForm;
}

const ISO =
  /^(\d{4}-\d{2}-\d{2})([T ])(\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/;

/** Reads ISO 8601 with any offset, epoch seconds and epoch milliseconds, also as text; nothing for anything else. */
export function readSourceTime(value: unknown): SourceTime | undefined {
  const number = typeof value === 'number' ? value : epochText(value);
  if (number !== undefined) return readEpoch(number, typeof value === 'string');
  if (typeof value !== 'string') return undefined;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value);
  const match = ISO.exec(day ? `${value}T00:00` : value);
  if (!match) return undefined;
  const [, date, separator, minutes, seconds, fraction, offset] = match;
  const millis = (fraction ?? '').padEnd(3, '0').slice(0, 3) || '000';
  const ms = Date.parse(`${date}T${minutes}:${seconds ?? '00'}.${millis}${isoOffset(offset)}`);
  if (Number.isNaN(ms)) return undefined;
  const precision = day ? -2 : seconds === undefined ? -1 : (fraction ?? '').length;
  return { ms, form: { type: 'iso', separator: separator!, precision, offset: offset ?? '' } };
}

/** Writes a time in the form in which the source wrote one; digits that it can't know are zeros. */
export function writeSourceTime(ms: number, form: TimeForm): string | number {
  if (form.type !== 'iso') {
    const number = form.type === 'seconds' ? Math.floor(ms / 1000) : Math.floor(ms);
    return form.text ? String(number) : number;
  }
  const iso = new Date(Math.floor(ms) + offsetMs(form.offset)).toISOString();
  const date = iso.slice(0, 10);
  if (form.precision === -2) return date;
  const minutes = `${date}${form.separator}${iso.slice(11, 16)}`;
  if (form.precision === -1) return minutes + form.offset;
  const fraction =
    form.precision === 0 ? '' : `.${iso.slice(20, 23).padEnd(form.precision, '0').slice(0, form.precision)}`;
  return `${minutes}:${iso.slice(17, 19)}${fraction}${form.offset}`;
}

function epochText(value: unknown): number | undefined {
  return typeof value === 'string' && /^\d{10}(\d{3})?$/.test(value) ? Number(value) : undefined;
}

/** 2001 to 5138 in seconds, 1973 to 5138 in milliseconds: the two can't be mistaken for each other. */
function readEpoch(value: number, text: boolean): SourceTime | undefined {
  if (value >= 1e9 && value < 1e11) return { ms: value * 1000, form: { type: 'seconds', text } };
  if (value >= 1e11 && value < 1e14) return { ms: value, form: { type: 'milliseconds', text } };
  return undefined;
}

function isoOffset(offset: string | undefined): string {
  if (offset === undefined || offset === 'Z') return 'Z';
  const digits = offset.replace(':', '');
  return `${digits.slice(0, 3)}:${digits.slice(3) || '00'}`;
}

function offsetMs(offset: string): number {
  if (offset === '' || offset === 'Z') return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.replace(':', '').slice(3) || 0)];
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
