import type { Client } from '../../realm/client.js';
import type { Realm } from '../../realm/realm.js';
import type { User } from '../../realm/user.js';
import type { ClaimsDraft } from '../claims-draft.js';
import type { GrantedRoles } from '../role-access.js';

/** Everything a mapper may speak about. */
export interface MapperContext {
  readonly realm: Realm;
  readonly client: Client;
  readonly user: User;
  /** What the client knows the user by. */
  readonly subject: string;
  readonly roles: GrantedRoles;
  /** Names and paths of the user's groups; loaded only when a mapper `needs` them. */
  readonly groups: readonly { readonly name: string; readonly path: string }[];
  /** Notes of the session, `AUTH_TIME` included. */
  readonly notes: Readonly<Record<string, string>>;
  readonly sessionId?: string;
  readonly acr: string;
  readonly nonce?: string;
  /** Web origins of the client, resolved. */
  readonly allowedOrigins: readonly string[];
}

export type MapperConfig = Readonly<Record<string, string>>;

/**
 * A kind of protocol mapper (`protocolMapper` in representations). Mappers run in the order of the list in `index.ts`; each adds
 * to the draft and knows nothing of the token it is for.
 */
export interface TokenMapper {
  readonly id: string;
  /** True for mappers that take effect where their config says nothing (older realms have no switches there). */
  readonly onByDefault?: boolean;
  readonly needs?: 'groups';
  /** Names the user to this client in place of the user's id, wherever the client hears of the user. */
  readonly subjectOf?: (config: MapperConfig, user: User, client: Client) => string;
  /** Changes the roles that all role mappers speak of; runs before any of them. */
  shapeRoles?(roles: GrantedRoles, config: MapperConfig): GrantedRoles;
  apply(draft: ClaimsDraft, config: MapperConfig, context: MapperContext): void;
}

/** True when a switch of a mapper's config is on. */
export const isOn = (config: MapperConfig, key: string): boolean => config[key] === 'true';
