import type { Json } from '../shared/json.js';

/** Claims the server itself answers for: no mapper may write them. */
const PROTECTED = new Set([
  'iss',
  'exp',
  'iat',
  'nbf',
  'jti',
  'typ',
  'azp',
  'sid',
  'scope',
  'sub',
  'aud',
  'nonce',
  'at_hash',
  'c_hash',
  's_hash',
  'cnf',
  'reuse_id',
]);

type Draft = { [key: string]: Json | Draft };

/** Claims in the making. Mappers write to it; `finish` gives what goes into the token. */
export class ClaimsDraft {
  private readonly claims: Draft = Object.create(null) as Draft;
  private readonly audiences = new Set<string>();

  /**
   * Writes a claim; a claim that is there already is replaced, objects on the way are kept. Silently refused for claims that
   * belong to the server.
   * @param path names from the outside in
   */
  set(path: readonly string[], value: Json): void {
    const [first] = path;
    const last = path.at(-1);
    if (first === undefined || last === undefined || PROTECTED.has(first)) return;
    let place = this.claims;
    for (const name of path.slice(0, -1)) {
      const next = Object.hasOwn(place, name) ? place[name] : undefined;
      place = isDraft(next) ? next : (place[name] = Object.create(null) as Draft);
    }
    place[last] = value;
  }

  /** Adds values to a list claim, each once. */
  addAll(path: readonly string[], values: readonly string[]): void {
    const present = this.get(path);
    const list = Array.isArray(present) ? (present as readonly Json[]) : [];
    this.set(path, [...new Set([...list, ...values])]);
  }

  /** The subject; only the `sub` mapper calls it. */
  setSubject(subject: string): void {
    this.claims['sub'] = subject;
  }

  setNonce(nonce: string): void {
    this.claims['nonce'] = nonce;
  }

  addAudience(clientId: string): void {
    this.audiences.add(clientId);
  }

  /** The claims, with `aud` as a string when there is one audience and a list when there are more. */
  finish(): Readonly<Record<string, Json>> {
    const [only, ...more] = this.audiences;
    const aud = only === undefined ? {} : { aud: more.length === 0 ? only : [only, ...more] };
    return { ...aud, ...this.claims };
  }

  private get(path: readonly string[]): Json | Draft | undefined {
    let place: Json | Draft | undefined = this.claims;
    for (const name of path) place = isDraft(place) && Object.hasOwn(place, name) ? place[name] : undefined;
    return place;
  }
}

const isDraft = (value: Json | Draft | undefined): value is Draft =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
