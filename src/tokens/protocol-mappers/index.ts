import { acrMapper } from './acr.mapper.js';
import { addressMapper } from './address.mapper.js';
import { allowedOriginsMapper } from './allowed-origins.mapper.js';
import { audienceMapper } from './audience.mapper.js';
import { audienceResolveMapper } from './audience-resolve.mapper.js';
import { clientRoleMapper } from './client-role.mapper.js';
import { fullNameMapper } from './full-name.mapper.js';
import { groupMembershipMapper } from './group-membership.mapper.js';
import { hardcodedClaimMapper } from './hardcoded-claim.mapper.js';
import { hardcodedRoleMapper } from './hardcoded-role.mapper.js';
import { nonceMapper } from './nonce.mapper.js';
import { organizationMapper } from './organization.mapper.js';
import { pairwiseSubMapper } from './pairwise-sub.mapper.js';
import { realmRoleMapper } from './realm-role.mapper.js';
import { roleNameMapper } from './role-name.mapper.js';
import { sessionNoteMapper } from './session-note.mapper.js';
import { sessionStateMapper } from './session-state.mapper.js';
import { subMapper } from './sub.mapper.js';
import type { TokenMapper } from './token-mapper.js';
import { userAttributeMapper } from './user-attribute.mapper.js';
import { userPropertyMapper } from './user-property.mapper.js';

/** Every kind of protocol mapper, in the order they run. */
export const TOKEN_MAPPERS: readonly TokenMapper[] = [
  subMapper,
  acrMapper,
  allowedOriginsMapper,
  pairwiseSubMapper,
  hardcodedRoleMapper,
  roleNameMapper,
  realmRoleMapper,
  clientRoleMapper,
  audienceResolveMapper,
  audienceMapper,
  sessionStateMapper,
  nonceMapper,
  sessionNoteMapper,
  userPropertyMapper,
  userAttributeMapper,
  fullNameMapper,
  addressMapper,
  groupMembershipMapper,
  organizationMapper,
  hardcodedClaimMapper,
];
