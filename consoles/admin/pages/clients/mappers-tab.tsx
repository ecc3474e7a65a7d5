import type { ReactNode } from 'react';
import { MapperList } from '../../mappers/mapper-list.js';
import { useClientApi, useClientKey } from './use-client.js';
import { useText } from './messages/use-text.js';

/** What this client alone has in its tokens, beside what its client scopes bring. */
export function MappersTab(): ReactNode {
  const t = useText();
  return <MapperList api={useClientApi()} ownerKey={useClientKey()} description={t('mappersAbout')} />;
}
