import { randomInt } from 'node:crypto';
import type { DatabaseLook } from '../../src/proof/database-look.js';

/** A session that an application was told of, and its refresh token. */
interface Held {
  readonly id: string;
  refreshToken: string;
}

const KNOWN = 'SELECT id, ended_at, end_reason FROM user_session WHERE realm_id = $1';
const OPEN =
  'SELECT user_id, COUNT(*) AS open FROM user_session WHERE realm_id = $1 AND ended_at IS NULL GROUP BY user_id';

/** What was acknowledged, against what the database knows. */
export class Ledger {
  private readonly open = new Set<string>();
  private readonly held: Held[] = [];
  private readonly refused = new Map<string, string>();
  private total = 0;

  constructor(
    private readonly realmId: string,
    private readonly cap: number,
  ) {}

  /** Sessions acknowledged so far. */
  get acknowledged(): number {
    return this.total;
  }

  /** A login was answered with a session: from now on it must not be lost. */
  acknowledge(id: string): void {
    this.total++;
    this.open.add(id);
  }

  /** The application has a refresh token of it. */
  hold(session: Held): void {
    this.held.push(session);
  }

  /** Some session that was open when it was last checked. */
  any(): Held | undefined {
    return this.held.length === 0 ? undefined : this.held[randomInt(this.held.length)];
  }

  /** Its refresh token was refused, so it must have ended. @param why in the words of the server */
  wasRefused({ id }: Held, why: string): void {
    this.refused.set(id, why);
  }

  /** Everything that must not be, in words: sessions that are gone, ended for no reason of ours or do not work, users over the cap. */
  async check(look: DatabaseLook): Promise<readonly string[]> {
    const [asked, refused] = [[...this.open], [...this.refused]];
    const rows = new Map((await look.rows(KNOWN, [this.realmId])).map((row) => [String(row['id']), row]));
    const found: string[] = [];
    for (const [id, why] of refused) {
      if (rows.get(id)?.['ended_at'] === null) found.push(`session ${id} is open and was refused: ${why}`);
      this.refused.delete(id);
    }
    for (const id of asked) {
      const row = rows.get(id);
      if (row?.['ended_at'] === null) continue;
      if (!row) found.push(`the session ${id} was acknowledged and is lost`);
      else if (row['end_reason'] !== 'evicted') found.push(`session ${id} ended: ${String(row['end_reason'])}`);
      this.open.delete(id);
    }
    this.held.splice(0, this.held.length, ...this.held.filter(({ id }) => this.open.has(id)));
    for (const { open } of await look.rows(OPEN, [this.realmId])) {
      if (Number(open) > this.cap) found.push(`a user has ${String(open)} sessions under a cap of ${this.cap}`);
    }
    return found;
  }
}
