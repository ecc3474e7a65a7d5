import type { Json } from '../shared/json.js';
import type { ReplyAddress } from './browser-login-types.js';

/** Writes the `client_data` parameter: how errors reach the application after the login itself is gone (Keycloak engine reference 2.12). */
export function writeClientData({
  redirectUri,
  responseType,
  responseMode,
  state,
}: Omit<ReplyAddress, 'clientId'>): string {
  const data = { ru: redirectUri, rt: responseType, rm: responseMode, ...(state === undefined ? {} : { st: state }) };
  return Buffer.from(JSON.stringify(data)).toString('base64url');
}

/** Reads a `client_data` parameter. Attacker input: the redirect URI still has to be matched against the client. */
export function readClientData(text: string | undefined): Omit<ReplyAddress, 'clientId'> | undefined {
  if (text === undefined || text.length > 8192) return undefined;
  let data: Json;
  try {
    data = JSON.parse(Buffer.from(text, 'base64url').toString()) as Json;
  } catch {
    return undefined;
  }
  if (data === null || typeof data !== 'object' || Array.isArray(data)) return undefined;
  const { ru, rt, rm, st } = data as Record<string, Json | undefined>;
  if (typeof ru !== 'string') return undefined;
  return {
    redirectUri: ru,
    responseType: typeof rt === 'string' ? rt : 'code',
    responseMode: rm === 'fragment' || rm === 'form_post' ? rm : 'query',
    ...(typeof st === 'string' ? { state: st } : {}),
  };
}
