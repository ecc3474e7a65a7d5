import type { ReactNode } from 'react';
import { Stack } from '../../../kit/layout/stack.js';
import { FlowOverrides } from './flow-overrides.js';
import { Lifetimes } from './lifetimes.js';
import { Nodes } from './nodes.js';
import { Revocation } from './revocation.js';
import { useClient } from './use-client.js';

/** What few clients need: flows and lifetimes of their own, revocation, nodes. */
export function AdvancedTab(): ReactNode {
  const client = useClient();
  return (
    <Stack>
      <FlowOverrides />
      <Lifetimes />
      <Revocation />
      {(client.adminUrl ?? '') !== '' && <Nodes />}
    </Stack>
  );
}
