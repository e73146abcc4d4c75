/**
 * A workflow's history as the Temporal CLI writes it, from a server whose clock is ahead, with every instant in it
 * moved back: it then replays with the workflows' ordinary code, as one of the real system does.
 */
export function movedBack(history: unknown, ms: number): unknown {
  return moved(history, ms, '');
}

function moved(value: unknown, ms: number, key: string): unknown {
  if (typeof value === 'string') return /Time$/.test(key) ? movedInstant(value, ms) : value;
  if (Array.isArray(value)) return value.map((one) => moved(one, ms, key));
  if (typeof value !== 'object' || value === null) return value;
  if (key === 'markerRecordedEventAttributes') return movedMarker(value as Marker, ms);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, moved(one, ms, name)]));
}

const movedInstant = (text: string, ms: number): string => {
  const [, whole, rest = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z$/.exec(text) ?? [];
  if (whole === undefined) return text;
  const at = new Date(Date.parse(`${whole}${rest.slice(0, 4)}Z`) - ms).toISOString();
  // What the server tells beyond milliseconds stays.
  return `${at.slice(0, -1)}${rest.slice(4)}Z`;
};

type Marker = { markerName?: string; details?: Record<string, { payloads?: { data?: string }[] }> };
type Stamp = { seconds: number; nanos: number };

/** What the SDK notes of a local activity holds when it was begun and done, by which the workflow's clock goes on. */
function movedMarker(marker: Marker, ms: number): Marker {
  const payloads = marker.details?.data?.payloads;
  if (marker.markerName !== 'core_local_activity' || !payloads) return marker;
  const data = {
    ...marker.details?.data,
    payloads: payloads.map((payload) => {
      const note = JSON.parse(Buffer.from(payload.data ?? '', 'base64').toString('utf8')) as Record<
        string,
        unknown
      >;
      for (const name of ['complete_time', 'original_schedule_time'])
        if (note[name]) note[name] = movedStamp(note[name] as Stamp, ms);
      return { ...payload, data: Buffer.from(JSON.stringify(note)).toString('base64') };
    }),
  };
  return { ...marker, details: { ...marker.details, data } };
}

function movedStamp({ seconds, nanos }: Stamp, ms: number): Stamp {
  const total = seconds * 1000 + Math.floor(nanos / 1e6) - ms;
  return { seconds: Math.floor(total / 1000), nanos: (((total % 1000) + 1000) % 1000) * 1e6 + (nanos % 1e6) };
}
