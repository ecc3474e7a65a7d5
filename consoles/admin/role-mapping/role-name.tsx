import type { ReactNode } from 'react';
import { Badge } from '../../kit/feedback/badge.js';
import { Row } from '../../kit/layout/stack.js';
import type { Role } from './role.js';

/** A role's name, with the client whose role it is. */
export const RoleName = ({ name, client }: Pick<Role, 'name' | 'client'>): ReactNode => (
  <Row>
    {client !== undefined && <Badge>{client}</Badge>}
    <span>{name}</span>
  </Row>
);
