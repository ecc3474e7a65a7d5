import type { ReactNode } from 'react';
import { Link } from '../../../kit/actions/link.js';
import { Badge } from '../../../kit/feedback/badge.js';
import { Muted, Row } from '../../../kit/layout/stack.js';
import { useTo } from '../../admin-context.js';
import type { FlowUse } from '../../flows/flow-uses.js';
import { usePlaceText } from '../../flows/place-text.js';
import { useText } from './messages/use-text.js';

interface FlowUsesProps {
  readonly uses: readonly FlowUse[];
  /** Those are all: while some may be on their way, nothing is said of none. */
  readonly areAll: boolean;
}

/** What uses a flow: members of the realm, and clients, which are linked. */
export function FlowUses({ uses, areAll }: FlowUsesProps): ReactNode {
  const t = useText();
  const to = useTo();
  const placeText = usePlaceText();
  if (uses.length === 0) return areAll && <Muted>{t('unused')}</Muted>;
  return (
    <Row>
      {uses.map((use) =>
        use.kind === 'realm' ? (
          <Badge key={use.field} kind="success">
            {placeText(use.field)}
          </Badge>
        ) : (
          <Link key={`${use.field} ${use.clientId}`} to={`${to('clients')}?search=${encodeURIComponent(use.clientId)}`}>
            {placeText(use.field, use.clientId)}
          </Link>
        ),
      )}
    </Row>
  );
}
