import { createHash } from 'node:crypto';
import type { Client } from '../../realm/client.js';
import type { MapperConfig, TokenMapper } from './token-mapper.js';

/**
 * A subject of its own for each sector, so that applications cannot tell whether two of them have the same user (OpenID Connect Core
 * section 8.1). The value is the one Keycloak computes: a name-based UUID over SHA-256 of sector, user id and salt.
 */
export const pairwiseSubMapper: TokenMapper = {
  id: 'oidc-sha256-pairwise-sub-mapper',
  onByDefault: true,
  subjectOf(config, user, client) {
    const hash = createHash('sha256');
    hash
      .update(sectorOf(config, client))
      .update(user.id)
      .update(config['pairwiseSubAlgorithmSalt'] ?? '');
    return nameBasedUuid(hash.digest());
  },
  apply: (draft, _config, { subject }) => {
    draft.setSubject(subject);
  },
};

/** Host of the sector identifier, else the one host of the redirect URIs, else of the root URL. */
function sectorOf(config: MapperConfig, { rootUrl, redirectUris }: Client): string {
  const candidates = [config['sectorIdentifierUri'], ...redirectUris, rootUrl];
  for (const uri of candidates) if (uri && URL.canParse(uri)) return new URL(uri).hostname;
  return '';
}

/** A version 3 UUID of bytes alone, without a namespace. */
function nameBasedUuid(bytes: Buffer): string {
  const digest = createHash('md5').update(bytes).digest();
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x30, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  return digest.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
