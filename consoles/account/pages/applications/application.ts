/** An application as the account API tells of it. */
export interface Application {
  readonly clientId: string;
  readonly clientName: string;
  readonly description?: string;
  readonly inUse: boolean;
  readonly offlineAccess: boolean;
  /** An address a browser may be sent to. */
  readonly effectiveUrl?: string;
  readonly policyUri?: string;
  readonly tosUri?: string;
  readonly consent?: {
    readonly grantedScopes: readonly { readonly id: string; readonly displayText: string }[];
    /** Milliseconds. */
    readonly createdDate: number;
  };
}

export const nameOf = ({ clientId, clientName }: Application): string => clientName || clientId;
