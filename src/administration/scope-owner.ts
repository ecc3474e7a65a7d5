/** What has protocol mappers and roles that tokens may carry: a client or a client scope, by id. */
export interface ScopeOwner {
  readonly kind: 'client' | 'scope';
  readonly id: string;
}
